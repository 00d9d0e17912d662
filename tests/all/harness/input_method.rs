//! Real input methods: a screen that nobody sees, with a session bus, a framework and its engines, and the keys of a keyboard that
//! no browser's driver has a hand in. What came of them is known by what the edge was sent.

use super::{engine::screen, start_process, wait_for};
use devkit::process::ChildProcess;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// What engines live in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    Ibus,
    Fcitx,
}

/// A screen with a keyboard and a framework of input methods.
pub struct Typing {
    framework: Framework,
    environment: Vec<(&'static str, String)>,
    // What is dropped first ends first.
    _framework: ChildProcess,
    _bus: ChildProcess,
    _screen: ChildProcess,
    folder: TempDir,
}

/// What the framework says, in the folder.
const LOG: &str = "framework.log";

/// Between two keys, in milliseconds: as fast as somebody types who is good at it.
const PACE_MS: &str = "60";

impl Typing {
    /// Starts `framework`, with the engines `engines` to choose from.
    pub fn start(framework: Framework, engines: &[&str]) -> Typing {
        let folder = tempfile::tempdir().unwrap();
        let (screen, display) = screen();
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address=1"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut bus = start_process(&mut bus);
        let mut address = String::new();
        BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        let module = match framework {
            Framework::Ibus => "ibus",
            Framework::Fcitx => "fcitx",
        };
        let environment = vec![
            ("DISPLAY", display),
            ("DBUS_SESSION_BUS_ADDRESS", address.trim().to_owned()),
            ("HOME", home.clone()),
            ("XDG_CONFIG_HOME", format!("{home}/config")),
            ("XDG_CACHE_HOME", format!("{home}/cache")),
            ("XDG_RUNTIME_DIR", home.clone()),
            ("GTK_IM_MODULE", module.to_owned()),
            ("XMODIFIERS", format!("@im={module}")),
            ("GSETTINGS_BACKEND", "keyfile".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
            ("GDK_BACKEND", "x11".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
        ];
        let mut command = match framework {
            Framework::Ibus => ibus(&folder),
            Framework::Fcitx => fcitx(&folder, engines),
        };
        command.envs(environment.iter().map(|(name, value)| (*name, value)));
        let log = fs::File::create(folder.path().join(LOG)).unwrap();
        command.stdout(log.try_clone().unwrap()).stderr(log);
        let own = start_process(&mut command);
        let typing = Typing { framework, environment, _framework: own, _bus: bus, _screen: screen, folder };
        if framework == Framework::Fcitx {
            // Whoever asks before it is there has the bus start another one, which knows of no screen.
            let asked = [
                "--dest=org.freedesktop.DBus",
                "--print-reply",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.fcitx.Fcitx5",
            ];
            wait_for("fcitx5", || typing.run("dbus-send", &asked).contains("true"));
        }
        typing.choose(engines[0]);
        typing
    }

    /// What a program needs to be on this screen and to be typed into.
    pub fn environment(&self) -> &[(&'static str, String)] {
        &self.environment
    }

    /// From here on keys go to this engine.
    pub fn choose(&self, engine: &str) {
        for _ in 0..150 {
            match self.framework {
                Framework::Ibus => self.run("ibus", &["engine", engine]),
                Framework::Fcitx => self.run("fcitx5-remote", &["-s", engine]),
            };
            let now = match self.framework {
                Framework::Ibus => self.run("ibus", &["engine"]),
                Framework::Fcitx => self.run("fcitx5-remote", &["-n"]),
            };
            if now.trim() == engine {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default();
        panic!("the input method {engine} does not come up:\n{log}");
    }

    /// Presses these keys, one after the other, by X's names: `a`, `space`, `Return`, `ctrl+j`.
    pub fn press(&self, keys: &[&str]) {
        self.run("xdotool", &[&["key", "--clearmodifiers", "--delay", PACE_MS], keys].concat());
        self.settle();
    }

    /// Types the keys of `text`, letter by letter.
    pub fn keys(&self, text: &str) {
        let letters: Vec<String> =
            text.chars().map(|c| if c == ' ' { "space".into() } else { c.into() }).collect();
        self.press(&letters.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Presses the mouse's button there on the screen.
    pub fn click(&self, x: f64, y: f64) {
        let (x, y) = (format!("{x:.0}"), format!("{y:.0}"));
        self.run("xdotool", &["mousemove", &x, &y, "click", "1"]);
        self.settle();
    }

    /// Gives the keyboard to the window of the program of this class, as soon as it is there: no window manager does it here.
    pub fn look_at(&self, class: &str) {
        wait_for(&format!("a window of {class}"), || {
            let found = self.run("xdotool", &["search", "--onlyvisible", "--class", class]);
            let Some(window) = found.lines().last() else { return false };
            self.run("xdotool", &["windowfocus", window]);
            self.run("xdotool", &["getwindowfocus"]).trim() == window
        });
        self.settle();
    }

    /// What a key sets going takes its way over three programs. Nothing is asserted of how long.
    fn settle(&self) {
        std::thread::sleep(Duration::from_millis(300));
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program);
        command.args(arguments).envs(self.environment.iter().map(|(name, value)| (*name, value)));
        let said = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
        said.map(|said| String::from_utf8_lossy(&said.stdout).into_owned()).unwrap_or_default()
    }
}

/// Without a panel, which nobody would see. Some engines do not start without a place for settings; this one forgets them.
fn ibus(folder: &TempDir) -> Command {
    // Anthy begins with Latin letters otherwise.
    let settings = folder.path().join("config/glib-2.0/settings");
    fs::create_dir_all(&settings).unwrap();
    let kana = "[org/freedesktop/ibus/engine/anthy/common]\ninput-mode=0\n";
    fs::write(settings.join("keyfile"), kana).unwrap();
    let mut command = Command::new("ibus-daemon");
    command.args(["--xim", "--replace", "--panel", "disable", "--emoji-extension", "disable"]);
    command.args(["--config", "/usr/libexec/ibus-memconf"]);
    // An engine written in Python wants the system's.
    command.env("PATH", "/usr/bin:/bin");
    command
}

fn fcitx(folder: &TempDir, engines: &[&str]) -> Command {
    let settings = folder.path().join("config/fcitx5");
    fs::create_dir_all(&settings).unwrap();
    let mut profile = format!("[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM={}\n\n", engines[0]);
    for (at, engine) in engines.iter().enumerate() {
        profile.push_str(&format!("[Groups/0/Items/{at}]\nName={engine}\nLayout=\n\n"));
    }
    fs::write(settings.join("profile"), profile + "[GroupOrder]\n0=Default\n").unwrap();
    fs::write(settings.join("config"), "[Behavior]\nActiveByDefault=True\nShareInputState=All\n").unwrap();
    let mut command = Command::new("fcitx5");
    command.arg("--disable=wayland,notifications,kimpanel");
    command
}
