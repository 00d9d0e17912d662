//! Browsers' flags: an empty profile, Vietnamese, and nothing but the page that asks the network for anything.

use std::path::Path;

/// Where a browser shows its windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisplayBackend {
    /// On no screen.
    Headless,
    /// On the X11 screen that `DISPLAY` names, where real keys reach it.
    X11,
}

/// Which process a frame of another site has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameProcesses {
    /// One of its own, as with visitors.
    PerSite,
    /// The page's. The debugging protocol of a page does not reach into other processes; it changes nothing of what a page
    /// and a frame of another site may do to each other.
    Shared,
}

/// Chromium's, for tests and measurements.
#[derive(Debug, Clone, Copy)]
pub struct ChromiumFlags<'a> {
    /// The folder of its profile.
    pub profile: &'a Path,
    /// The window's width and height in CSS pixels.
    pub window: (u32, u32),
    /// Where it shows its windows.
    pub display: DisplayBackend,
    /// Which process a frame of another site has.
    pub frames: FrameProcesses,
}

/// Has Chromium choose a port for its debugging protocol, write it into its profile (`DevToolsActivePort`), and open with
/// an empty page. For those who start it without its driver.
pub const REMOTE_DEBUGGING: &[&str] = &["--remote-debugging-port=0", "about:blank"];

impl ChromiumFlags<'_> {
    /// The command line's arguments.
    pub fn arguments(&self) -> Vec<String> {
        let (width, height) = self.window;
        let mut arguments: Vec<String> = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=vi",
            "--window-position=0,0",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.push(format!("--user-data-dir={}", self.profile.display()));
        arguments.push(format!("--window-size={width},{height}"));
        let display = match self.display {
            DisplayBackend::Headless => "--headless",
            DisplayBackend::X11 => "--ozone-platform=x11",
        };
        arguments.push(display.to_owned());
        if self.frames == FrameProcesses::Shared {
            arguments.push("--disable-features=IsolateOrigins,site-per-process".to_owned());
            arguments.push("--disable-site-isolation-trials".to_owned());
        }
        arguments
    }
}

/// Firefox's arguments for a window of `width` × `height`; its profile is its driver's.
pub fn firefox_arguments((width, height): (u32, u32), display: DisplayBackend) -> Vec<String> {
    let mut arguments = vec![format!("--width={width}"), format!("--height={height}")];
    if display == DisplayBackend::Headless {
        arguments.push("-headless".to_owned());
    }
    arguments
}

/// Firefox's preferences where nothing else is said, by name.
pub const FIREFOX_PREFERENCES: &[(&str, &str)] = &[("intl.accept_languages", "vi")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_processes_of_their_own_unless_they_are_to_share() {
        let flags = ChromiumFlags {
            profile: Path::new("/tmp/profile"),
            window: (1280, 900),
            display: DisplayBackend::Headless,
            frames: FrameProcesses::PerSite,
        };
        let apart = flags.arguments();
        assert!(
            apart.contains(&"--headless".to_owned()) && apart.contains(&"--window-size=1280,900".to_owned())
        );
        assert!(!apart.iter().any(|flag| flag.contains("isolation")));
        let shared = ChromiumFlags { frames: FrameProcesses::Shared, ..flags }.arguments();
        assert!(shared.contains(&"--disable-site-isolation-trials".to_owned()));
    }
}
