//! What a message costs: µs, natively. `cargo xtask bench safety` runs it.

use std::time::Instant;

/// Ordinary messages and one of each danger.
const MESSAGES: [&str; 10] = [
    "làm giấy khai sinh cho con cần những giấy tờ gì ạ",
    "cho em hỏi phường mình thứ bảy có làm việc không",
    "lam lai can cuoc bi mat het bao nhieu tien",
    "How do I register a birth, and what does it cost?",
    "Où dois-je déposer mon dossier de mariage ?",
    "hồ sơ của tôi nộp hôm thứ hai, tới đâu rồi ạ",
    "em k muon song nua",
    "nhà em đang cháy ạ",
    "お店は何時に開きますか",
    "как получить паспорт",
];
const TIMES: u32 = 2_000;

fn main() {
    let started = Instant::now();
    safety::load_languages();
    println!("ms to read the lexicons\t{:.2}", started.elapsed().as_secs_f64() * 1e3);
    let mut worst: f64 = 0.0;
    let mut sum = 0.0;
    for message in MESSAGES {
        let us = measure_time(message);
        worst = worst.max(us);
        sum += us;
    }
    println!("µs a message, mean\t{:.2}", sum / MESSAGES.len() as f64);
    println!("µs a message, worst\t{worst:.2}");
    let long: String =
        MESSAGES.iter().cycle().flat_map(|message| message.chars().chain([' '])).take(2_000).collect();
    println!("µs for 2,000 characters\t{:.2}", measure_time(&long));
}

/// The least of three runs: all that disturbs only adds.
fn measure_time(message: &str) -> f64 {
    let run = |_| {
        let started = Instant::now();
        let found = (0..TIMES).filter(|_| safety::detect(std::hint::black_box(message)).is_some()).count();
        std::hint::black_box(found);
        started.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
    };
    (0..3).map(run).fold(f64::MAX, f64::min)
}
