//! Answers that come later, posted to the edge.

use serde_json::json;
use std::time::Duration;

/// How often a callback is tried, and how long to wait in between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// A callback, ready to be signed at the time it is sent.
pub struct ScheduledCallback {
    /// Names it; the same for every try.
    pub id: String,
    /// The site it is for.
    pub site: String,
    /// The body.
    pub body: String,
    /// The headers that prove it, for a time in seconds since 1970.
    pub sign: Box<dyn Fn(i64) -> Vec<(&'static str, String)> + Send>,
}

/// Posts `callback` to `edge` in `seconds`; prints what became of it.
pub fn send_later(callback: Option<ScheduledCallback>, edge: &str, seconds: f64) {
    let Some(callback) = callback else { return };
    let url = format!("{}/s/{}/callback", edge.trim_end_matches('/'), callback.site);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs_f64(seconds.max(0.0))).await;
        let posted = tokio::task::spawn_blocking(move || {
            let mut last = String::new();
            for _ in 0..TRIES {
                match post_callback(&url, &callback) {
                    Ok(status) if status < 500 => {
                        println!("{}", json!({ "callback": callback.id, "status": status }));
                        return;
                    }
                    Ok(status) => last = format!("status {status}"),
                    Err(error) => last = error.to_string(),
                }
                std::thread::sleep(PAUSE);
            }
            println!("{}", json!({ "callback": callback.id, "error": last }));
        });
        // It only fails if the runtime ends, and this program with it.
        let _ended = posted.await;
    });
}

fn post_callback(url: &str, callback: &ScheduledCallback) -> Result<u16, ureq::Error> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = agent.post(url).header("content-type", "application/json");
    for (name, value) in (callback.sign)(i64::try_from(now).unwrap_or_default()) {
        request = request.header(name, value);
    }
    Ok(request.send(&callback.body)?.status().as_u16())
}
