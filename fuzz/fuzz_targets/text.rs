//! Any text is read, ranked and explained, and its probabilities are some.
#![no_main]

use intent::{Example, Model, Options, Scratch, train};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let examples: Vec<Example> = [
        ("làm giấy khai sinh cho con", Some("khai-sinh")),
        ("register the birth of my child", Some("khai-sinh")),
        ("thủ tục đăng ký kết hôn", Some("ket-hon")),
        ("get married at the office", Some("ket-hon")),
        ("mấy giờ mở cửa", Some("gio")),
        ("when are you open", Some("gio")),
        ("hôm nay trời có mưa không", None),
    ]
    .map(|(text, intent)| Example {
        text: text.to_owned(),
        intent: intent.map(str::to_owned),
        lang: String::new(),
        weight: 1.0,
    })
    .to_vec();
    train(&examples, &Options::default(), &mut |_| {}).expect("it has intents")
});

fuzz_target!(|text: &str| {
    let ranking = MODEL.rank(text, "vi", &mut Scratch::default());
    let sum: f32 = ranking.ranked.iter().map(|one| one.p).sum::<f32>() + ranking.none;
    assert!(sum.is_finite() && sum <= 1.001, "{sum}");
    assert!((0.0..=1.0).contains(&ranking.score));
    MODEL.explain(text, "vi", 2);
});
