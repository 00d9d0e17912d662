//! Somebody of the agency's staff, without a browser: accounts, forms and the cookie.

use super::{ADMIN_KEY, Edge, built};
use serde_json::Value;
use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

/// A password that accounts of tests have for good.
pub const PASSWORD: &str = "con mèo trèo cây cau";

/// What was answered.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    /// Where it leads.
    pub location: String,
    /// The whole `Set-Cookie` of the session.
    pub set_cookie: String,
    /// That of the browser.
    pub set_device: String,
    pub policy: String,
    /// Where the page goes on to by itself.
    pub refresh: String,
    pub html: String,
}

/// A browser's worth of cookies.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    pub origin: String,
    /// The session's token, if there is one.
    pub token: String,
    /// Another cookie, as `name=value`.
    pub aside: String,
    /// The internet address that the proxy tells of.
    pub address: String,
}

impl Edge {
    /// Runs `hoi staff`.
    pub fn staff(&self, arguments: &[&str]) -> Output {
        self.hoi(&[&["staff"], arguments].concat())
    }

    /// An account with [`PASSWORD`].
    pub fn account(&self, name: &str, roles: &[&str]) {
        let mut command = Command::new(built("HOI_BIN"));
        command.args(["staff", "add", name, "--shown", "Nguyễn Thị Lan", "--password-stdin"]);
        roles.iter().for_each(|role| {
            command.args(["--role", role]);
        });
        command.env("HOI_EDGE", &self.origin).env("HOI_ADMIN_KEY", ADMIN_KEY);
        let mut running =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        writeln!(running.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        let output = running.wait_with_output().unwrap();
        assert!(output.status.success(), "{}\n{}", String::from_utf8_lossy(&output.stderr), self.log());
    }
}

impl Desk {
    pub fn at(edge: &Edge) -> Desk {
        Desk {
            origin: edge.origin.clone(),
            token: String::new(),
            aside: String::new(),
            address: "192.0.2.1".to_owned(),
        }
    }

    /// Signed in with [`PASSWORD`], where no codes are enforced.
    pub fn signed_in(edge: &Edge, name: &str) -> Desk {
        let mut desk = Desk::at(edge);
        let answered = desk.sign_in(name, PASSWORD);
        assert_eq!((answered.status, answered.location.as_str()), (303, "/desk"), "{answered:?}");
        desk
    }

    pub fn get(&mut self, path: &str) -> Answered {
        self.ask(path, None, &[])
    }

    /// Posts a form as a page of the edge's own does.
    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answered {
        let origin = self.origin.clone();
        self.ask(path, Some(form), &[("origin", &origin)])
    }

    /// Posts name and password.
    pub fn sign_in(&mut self, name: &str, password: &str) -> Answered {
        self.post(
            "/desk/sign-in",
            &[("do", "password"), ("lang", "en"), ("name", name), ("password", password)],
        )
    }

    /// One request; keeps the cookie that is set.
    pub fn ask(&mut self, path: &str, form: Option<&[(&str, &str)]>, headers: &[(&str, &str)]) -> Answered {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent: ureq::Agent = config.build().into();
        let url = format!("{}{path}", self.origin);
        let cookie = format!("hoi-desk={}; {}", self.token, self.aside);
        let own = [("cookie", cookie.as_str()), ("x-real-ip", self.address.as_str())];
        let headers = own.into_iter().chain(headers.iter().copied());
        let answer = match form {
            Some(form) => {
                let request =
                    headers.fold(agent.post(url), |request, (name, value)| request.header(name, value));
                request.send_form(form.iter().copied()).unwrap()
            }
            None => headers
                .fold(agent.get(url), |request, (name, value)| request.header(name, value))
                .call()
                .unwrap(),
        };
        let header = |name: &str| {
            answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (location, set_cookie) = (header("location"), header("set-cookie"));
        let all = answer.headers().get_all("set-cookie").iter();
        let device =
            all.filter_map(|value| value.to_str().ok()).find(|value| value.starts_with("hoi-known="));
        let set_device = device.unwrap_or_default().to_owned();
        let (policy, refresh) = (header("content-security-policy"), header("refresh"));
        if let Some(set) = set_cookie.strip_prefix("hoi-desk=") {
            self.token = set.split(';').next().unwrap_or_default().to_owned();
        }
        let status = answer.status().as_u16();
        let html = answer.into_body().read_to_string().unwrap();
        Answered { status, location, set_cookie, set_device, policy, refresh, html }
    }
}

impl Answered {
    /// What the first element of this class says.
    pub fn says(&self, class: &str) -> String {
        let start = self
            .html
            .find(&format!("class=\"{class}\""))
            .unwrap_or_else(|| panic!("no {class}: {}", self.html));
        let rest = &self.html[start..];
        let rest = &rest[rest.find('>').unwrap() + 1..];
        rest[..rest.find('<').unwrap()].to_owned()
    }
}

/// The code that an app shows for `secret`, as it is typed, `steps` of 30 s from now: reckoned by Node, so that the edge and its test can't be
/// wrong in the same way.
pub fn app_code(secret: &str, steps: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64 / 30 + steps;
    let script = format!(
        "const bits = [...{secret:?}.replaceAll(' ', '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');\
         const key = Buffer.from(bits.match(/.{{8}}/g).map(b => parseInt(b, 2)));\
         const step = Buffer.alloc(8); step.writeBigUInt64BE({now}n);\
         const tag = require('crypto').createHmac('sha1', key).update(step).digest();\
         const at = tag[19] & 15;\
         console.log(JSON.stringify(String((tag.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0')))"
    );
    let output = Command::new("node").args(["-e", &script]).output().expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let code: Value = serde_json::from_slice(&output.stdout).unwrap();
    code.as_str().unwrap().to_owned()
}
