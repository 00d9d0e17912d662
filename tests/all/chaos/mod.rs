//! A storm: real workerd killed and started again, real sockets cut, pages loaded anew, the agency coming and going,
//! while visitors write. Every chat is the widget's own core over a real socket. Afterwards the judge compares what
//! each screen shows with what the edge has, and with what the agency was asked.
//!
//! A short one is part of every test run. `cargo xtask chaos --seed N --minutes M` makes a long one.

mod judge;
mod tab;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use std::{
    rc::Rc,
    time::{Duration, Instant},
};
use tab::Tab;
use tests::{Agency, Edge, EdgeOptions};
use tokio::task::LocalSet;
use widget::chat::{ChatEvent, FromPage};
use wire::{Button, Id, limits};

/// How many chats there are in the short storm of a test run.
const CHATS: u64 = 8;
/// How long everything may take to come to rest, in seconds: a question kept for its agency waits longer every time, in the end
/// up to ten minutes.
const REST_SECONDS: u64 = 900;

/// What happened, for the table.
#[derive(Debug, Default)]
struct Storm {
    said: usize,
    strange: usize,
    kills: usize,
    cuts: usize,
    reloads: usize,
    outages: usize,
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

#[tokio::test]
async fn nothing_is_lost_in_a_storm() {
    let (seed, seconds) = (setting("HOI_CHAOS_SEED", 7), setting("HOI_CHAOS_SECONDS", 20));
    let chats = setting("HOI_CHAOS_CHATS", CHATS) as usize;
    LocalSet::new().run_until(storm(seed, chats, Duration::from_secs(seconds))).await;
}

async fn storm(seed: u64, chats: usize, length: Duration) {
    let mut rng = StdRng::seed_from_u64(seed);
    let port = tests::free_port();
    let mut edge = Edge::start(&EdgeOptions {
        agency: format!("http://127.0.0.1:{port}/"),
        edits: [
            "messages_per_minute = 15",
            "messages_per_day = 300",
            "site_messages_per_day = 50000",
            // All of them come from one address, and come again and again.
            "address_connections_per_minute = 120",
            "address_conversations_per_day = 300",
            "address_messages_per_day = 3000",
        ]
        .map(|line| {
            let most = match line {
                line if line.starts_with("messages_per_minute") => 240,
                line if line.contains("minute") => 10_000,
                _ => 10_000_000,
            };
            (format!("\n{line}\n"), format!("\n{} = {most}\n", line.split(' ').next().unwrap()))
        })
        .to_vec(),
        ..EdgeOptions::default()
    });
    let mut agencies = vec![agency(port)];
    let mut open = true;
    let tabs: Vec<Rc<Tab>> = (0..chats).map(|_| Tab::open(&edge, rng.random())).collect();
    let mut storm = Storm::default();
    // A new device is sent the newest messages only; the judge wants to see all of them.
    let most = (chats * limits::MAX_RESUME * 2 / 5) as u64;
    let beat = (length.as_millis() as u64 / most).max(85);
    let began = Instant::now();
    let (mut kill, mut outage) = (pause(&mut rng), pause(&mut rng));
    while began.elapsed() < length {
        tokio::time::sleep(Duration::from_millis(rng.random_range(beat / 2..beat * 3 / 2))).await;
        visitor(&tabs, &mut rng, &mut storm);
        if began.elapsed() > kill {
            // As a power cut would: in the middle of whatever goes on.
            edge.kill();
            edge.up();
            storm.kills += 1;
            kill = began.elapsed() + pause(&mut rng);
        }
        if began.elapsed() > outage {
            open = !open;
            if open {
                agencies.push(agency(port));
            } else if let Some(last) = agencies.last_mut() {
                last.close();
                storm.outages += 1;
            }
            outage = began.elapsed() + pause(&mut rng);
        }
    }
    if !open {
        agencies.push(agency(port));
    }
    let asked = || agencies.iter().flat_map(Agency::questions).collect::<Vec<_>>();
    let verdict = judge::when_quiet(&edge, &tabs, &asked, storm.strange).await;
    eprintln!("seed {seed}, {} s: {storm:?}\n{verdict}", length.as_secs());
    assert!(verdict.is_clean(), "seed {seed}: {verdict}\n{}", edge.log());
}

fn agency(port: u16) -> Agency {
    Agency::start(&["--port", &port.to_string(), "--delay-ms", "30", "--reply", "Đã nhận: {text}"])
}

fn pause(rng: &mut StdRng) -> Duration {
    Duration::from_millis(rng.random_range(1_500..5_000))
}

/// Somebody does something.
fn visitor(tabs: &[Rc<Tab>], rng: &mut StdRng, storm: &mut Storm) {
    let number = rng.random_range(0..tabs.len());
    let Some(tab) = tabs.get(number) else { return };
    match rng.random_range(0..20) {
        0 => {
            tab.cut();
            storm.cuts += 1;
        }
        1 => {
            tab.reload();
            storm.reloads += 1;
        }
        choice => {
            // Few enough that none is refused: an agency that is away is kept so many questions and no more.
            let strange = choice % 9 == 0;
            let id = Id(rng.random());
            storm.said += 1;
            storm.strange += usize::from(strange);
            tab.says(id, |at| {
                if strange {
                    ChatEvent::FromPage(FromPage::Ask { text: judge::tagged(number, storm.said), id, at })
                } else {
                    let pick = Some("gio-lam-viec".to_owned());
                    ChatEvent::Pressed {
                        button: Button { label: "Giờ làm việc".into(), pick, href: None },
                        id,
                        at,
                    }
                }
            });
        }
    }
}
