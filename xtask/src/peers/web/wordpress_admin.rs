//! Somebody who is signed in to WordPress, without a browser.

use crate::peers::journey::HttpAnswer;
use anyhow::ensure;
use std::collections::BTreeMap;

/// A session. Everybody's password in the lab is the same.
pub struct AdminSession {
    origin: String,
    agent: ureq::Agent,
    cookies: BTreeMap<String, String>,
}

impl AdminSession {
    /// Signs in.
    ///
    /// # Errors
    /// If WordPress does not let this account in.
    pub fn sign_in(origin: &str, account: &str) -> anyhow::Result<AdminSession> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        let agent = ureq::Agent::new_with_config(config);
        let mut session = AdminSession { origin: origin.to_owned(), agent, cookies: BTreeMap::new() };
        session.get("/wp-login.php")?;
        session.post("/wp-login.php", &[("log", account), ("pwd", "lab"), ("testcookie", "1")])?;
        let is_in = session.cookies.keys().any(|name| name.starts_with("wordpress_logged_in"));
        ensure!(is_in, "{account} can't sign in");
        Ok(session)
    }

    /// The plugin's page.
    ///
    /// # Errors
    /// If nothing answers.
    pub fn open_settings(&mut self) -> anyhow::Result<String> {
        self.get("/wp-admin/options-general.php?page=hoi")
    }

    /// Posts the plugin's settings with the nonce that stands in `page`, and gives what is said to that.
    ///
    /// # Errors
    /// If nothing answers.
    pub fn post_settings(
        &mut self,
        page: &str,
        edge: &str,
        site: &str,
        place: &str,
    ) -> anyhow::Result<String> {
        let nonce = page.split("name=\"_wpnonce\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let fields = [
            ("option_page", "hoi"),
            ("action", "update"),
            ("_wpnonce", nonce.unwrap_or("none")),
            ("_wp_http_referer", "/wp-admin/options-general.php?page=hoi"),
            ("hoi_settings[edge]", edge),
            ("hoi_settings[site]", site),
            ("hoi_settings[where]", place),
        ];
        let said = self.post("/wp-admin/options.php", &fields)?;
        if said.is_empty() {
            // It sends the browser back to where it was, and says there what came of it.
            return self.get("/wp-admin/options-general.php?page=hoi&settings-updated=true");
        }
        Ok(said)
    }

    fn get(&mut self, path: &str) -> anyhow::Result<String> {
        let request = self.agent.get(format!("{}{path}", self.origin)).header("cookie", self.cookie_header());
        let answer = HttpAnswer::read(request.call()?)?;
        self.keep_cookies(&answer);
        Ok(answer.text())
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<String> {
        let request =
            self.agent.post(format!("{}{path}", self.origin)).header("cookie", self.cookie_header());
        let answer = HttpAnswer::read(request.send_form(fields.iter().copied())?)?;
        self.keep_cookies(&answer);
        Ok(answer.text())
    }

    fn cookie_header(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep_cookies(&mut self, answer: &HttpAnswer) {
        for (name, value) in &answer.headers {
            let cookie = value.split(';').next().and_then(|pair| pair.split_once('='));
            if let (true, Some((cookie, value))) = (name == "set-cookie", cookie) {
                self.cookies.insert(cookie.trim().to_owned(), value.to_owned());
            }
        }
    }
}
