//! WordPress with our plugin, as an agency has it: installed, set by an administrator, with a classic and a block theme.

use super::{
    php::{PhpSite, lab_script},
    visit::{PageVisit, WantedPlace},
    wordpress_admin::AdminSession,
};
use crate::{
    bench::lab::Lab,
    dist::wordpress::pack_plugin,
    peers::{
        debian::InstalledPackages,
        journey::HttpAnswer,
        peer::Peer,
        report::PeerTrial,
        snippet::{DOCUMENTED_SITE, EMBED_DOCS, read_snippet},
    },
};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{fs, path::Path};

/// A version of it.
pub struct WordPressVersion {
    name: &'static str,
    purpose: &'static str,
    /// The package that it comes in, and which of the builds in there; without one it is Debian's.
    package: &'static str,
    build: Option<&'static str>,
    /// The theme made of blocks that it comes with.
    block_theme: &'static str,
}

/// What several versions come in, with what lets them keep their data in SQLite.
const BUILDS: &str = "@wp-playground/wordpress-builds";
/// Where the plugins are.
const PLUGINS: &str = "wp-content/plugins";
/// The folder in the archive of what lets WordPress use SQLite.
const SQLITE: &str = "sqlite-database-integration-main";
/// Where Debian has WordPress.
const DEBIAN: &str = "usr/share/wordpress";
/// A theme that is not made of blocks: Debian's copy, with every version.
const CLASSIC_THEME: &str = "twentytwentyone";

/// Debian's; the last without `strategy` for scripts; two with it. No registry has an older one than 6.1.
pub static VERSIONS: &[WordPressVersion] = &[
    WordPressVersion {
        name: "wordpress-6.1",
        purpose: "content system with our plugin, as Debian has it",
        package: "wordpress",
        build: None,
        block_theme: "twentytwentythree",
    },
    WordPressVersion {
        name: "wordpress-6.2",
        purpose: "the last version that loads no script asynchronously by itself",
        package: BUILDS,
        build: Some("wp-6.2"),
        block_theme: "twentytwentythree",
    },
    WordPressVersion {
        name: "wordpress-6.5",
        purpose: "a version that does",
        package: BUILDS,
        build: Some("wp-6.5"),
        block_theme: "twentytwentyfour",
    },
    WordPressVersion {
        name: "wordpress-6.7",
        purpose: "the newest that a registry has, before its release",
        package: BUILDS,
        build: Some("wp-nightly"),
        block_theme: "twentytwentyfour",
    },
];

impl Peer for &'static WordPressVersion {
    fn name(&self) -> &str {
        self.name
    }

    fn purpose_text(&self) -> String {
        self.purpose.to_owned()
    }

    fn package_group(&self) -> &str {
        "wordpress"
    }

    fn version_text(&self, packages: &InstalledPackages) -> String {
        packages.version_of(self.package)
    }

    fn run_trials(&self, packages: &InstalledPackages, folder: &Path) -> anyhow::Result<Vec<PeerTrial>> {
        let lab = Lab::open_configured(folder.join("edge"), &[])?;
        let site = PhpSite { packages, folder: folder.join("site"), port: lab.host_port };
        let installed = self.install(&site)?;
        let _server = site.start_server()?;
        let mut visit = PageVisit::start(self.name)?;
        let tried = WordPressTrial { lab: &lab, site: &site };
        Ok(vec![
            PeerTrial::run_attempt("is installed", || Ok(installed)),
            PeerTrial::run_attempt("the block of docs/embed.md, without the plugin", || {
                tried.run_snippet(&mut visit)
            }),
            PeerTrial::run_attempt("the plugin is activated and set", || tried.set_plugin()),
            PeerTrial::run_attempt("who may not, or has no nonce, sets nothing", || tried.refuse_strangers()),
            PeerTrial::run_attempt("a classic theme: launcher, language, answer", || {
                tried.ask_in_theme(CLASSIC_THEME, &mut visit)
            }),
            PeerTrial::run_attempt("a block theme: launcher, language, answer", || {
                tried.ask_in_theme(self.block_theme, &mut visit)
            }),
            PeerTrial::run_attempt("an author's script is taken out, the buttons stay", || {
                tried.ask_from_post(&mut visit)
            }),
            PeerTrial::run_attempt("the block in the editor", || tried.use_editor(&mut visit)),
            PeerTrial::run_attempt("only where it is wanted", || tried.choose_places()),
            PeerTrial::run_attempt("nothing is logged about it", || tried.read_complaints()),
            PeerTrial::run_attempt("uninstalled, it leaves nothing behind", || tried.uninstall_plugin()),
        ])
    }
}

impl WordPressVersion {
    /// Copies it to where it is served, with themes and our plugin, and installs it in Vietnamese; gives what it is.
    fn install(&self, site: &PhpSite<'_>) -> anyhow::Result<String> {
        fs::create_dir_all(&site.folder)?;
        if let Some(build) = self.build {
            // Files for browsers lie beside the archive.
            let archive = site.packages.npm_path(BUILDS, &format!("src/wordpress/{build}.zip"));
            site.unpack_archive(&archive, "")?;
            site.copy_from_npm(BUILDS, &format!("public/{build}"))?;
        } else {
            site.copy_from_packages(DEBIAN, "")?;
        }
        for theme in [CLASSIC_THEME, "twentytwentythree"] {
            let path = format!("wp-content/themes/{theme}");
            site.copy_from_packages(&format!("{DEBIAN}/{path}"), &path)?;
        }
        // Whoever chooses a language in WordPress has its translations.
        site.copy_from_packages(&format!("{DEBIAN}/wp-content/languages"), "wp-content/languages")?;
        let sqlite = "src/sqlite-database-integration/sqlite-database-integration.zip";
        site.unpack_archive(&site.packages.npm_path(BUILDS, sqlite), PLUGINS)?;
        let folder = site.folder.join(PLUGINS).join(SQLITE);
        let driver = fs::read_to_string(folder.join("db.copy"))?
            .replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", &folder.display().to_string())
            .replace("{SQLITE_PLUGIN}", &format!("{SQLITE}/load.php"));
        fs::write(site.folder.join("wp-content/db.php"), driver)?;
        fs::copy(lab_script("wordpress-config.php"), site.folder.join("wp-config.php"))?;
        // An archive may come with a database of its makers'.
        let _none = fs::remove_dir_all(site.folder.join("wp-content/database"));
        pack_plugin(&site.folder.join(PLUGINS).join("hoi"))?;
        run_act(site, &["install"])
    }
}

/// Has the lab's script do something in WordPress.
fn run_act(site: &PhpSite<'_>, act: &[&str]) -> anyhow::Result<String> {
    let folder = site.folder.display().to_string();
    site.run_lab_script("wordpress.php", &[&[folder.as_str()], act].concat())
}

/// One version, running.
struct WordPressTrial<'a> {
    lab: &'a Lab,
    site: &'a PhpSite<'a>,
}

impl WordPressTrial<'_> {
    fn run_act(&self, act: &[&str]) -> anyhow::Result<String> {
        run_act(self.site, act)
    }

    fn page_url(&self, path: &str) -> String {
        format!("{}/{path}", self.site.page_origin())
    }

    fn get_page(&self, path: &str) -> anyhow::Result<String> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let agent = ureq::Agent::new_with_config(config);
        HttpAnswer::read(agent.get(self.page_url(path)).call()?)?.require_status(200)
    }

    /// The one tag in a page, which must load our script without holding the page up.
    fn read_tag(&self, path: &str) -> anyhow::Result<String> {
        let page = self.get_page(path)?;
        let script = format!("http://{}/s/ward/hoi.js", self.lab.edge);
        let tags: Vec<&str> = page
            .match_indices("<script")
            .filter_map(|(at, _)| page.get(at..)?.split_once('>').map(|(tag, _)| tag))
            .filter(|tag| tag.contains(&script))
            .collect();
        ensure!(tags.len() == 1, "{} tags in {path}", tags.len());
        Ok(tags.concat())
    }

    /// The way that the documents tell where no plugin may be installed: its block, as a plugin that is always on.
    fn run_snippet(&self, visit: &mut PageVisit) -> anyhow::Result<String> {
        let edge = format!("http://{}", self.lab.edge);
        let replaced = [(DOCUMENTED_SITE, format!("{edge}/s/ward"))];
        let replaced = replaced.each_ref().map(|(find, put)| (*find, put.as_str()));
        let block = read_snippet(EMBED_DOCS, "php wordpress", &replaced)?;
        let folder = self.site.folder.join("wp-content/mu-plugins");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("chat.php"), format!("<?php\n{block}"))?;
        self.run_act(&["theme", CLASSIC_THEME])?;
        let outcome = self.read_tag("").and_then(|tag| {
            visit.open_page(&self.page_url(""), (1280, 800))?;
            visit.ask_question()?;
            let seen = if tag.contains(" async") { "async" } else { "at the page's end, not async" };
            Ok(format!("answered; the tag is {seen}"))
        });
        fs::remove_dir_all(folder)?;
        outcome
    }

    fn set_plugin(&self) -> anyhow::Result<String> {
        let active = self.run_act(&["activate"])?;
        ensure!(active == "active", "{active}");
        let mut admin = AdminSession::sign_in(&self.site.page_origin(), "admin")?;
        let page = admin.open_settings()?;
        ensure!(page.contains("Địa chỉ máy chủ Hoi"), "the settings are not in Vietnamese");
        // What can't be right is told, kept out, and comes back escaped if at all.
        let hostile = "\"><script>alert(1)</script>";
        let told = admin.post_settings(&page, hostile, "ward", "all")?;
        ensure!(!told.contains(hostile), "what was typed comes back as markup");
        ensure!(told.contains("Địa chỉ máy chủ Hoi bắt đầu bằng"), "a wrong address is not told");
        for wrong in ["javascript:alert(1)", "http://hoi.example", "https://a:b@hoi.example"] {
            admin.post_settings(&page, wrong, "ward", "all")?;
            ensure!(self.read_setting("edge")?.is_empty(), "{wrong} was taken");
        }
        admin.post_settings(&page, &format!("http://{}/s/ward/hoi.js", self.lab.edge), "ward", "all")?;
        ensure!(self.read_setting("edge")? == format!("http://{}", self.lab.edge), "the edge is not kept");
        Ok("in Vietnamese; 4 wrong addresses refused, the right one taken from the tag's".to_owned())
    }

    fn read_setting(&self, name: &str) -> anyhow::Result<String> {
        let settings: Value = serde_json::from_str(&self.run_act(&["settings"])?)?;
        Ok(settings.get(name).and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    fn refuse_strangers(&self) -> anyhow::Result<String> {
        let mut admin = AdminSession::sign_in(&self.site.page_origin(), "admin")?;
        let forged = admin.post_settings("", "https://elsewhere.example", "ward", "all")?;
        let mut editor = AdminSession::sign_in(&self.site.page_origin(), "editor")?;
        let page = editor.open_settings()?;
        ensure!(!page.contains("hoi_settings"), "an editor sees the settings");
        let denied = editor.post_settings("", "https://elsewhere.example", "ward", "all")?;
        let kept = self.read_setting("edge")?;
        ensure!(kept == format!("http://{}", self.lab.edge), "the edge is now {kept}");
        ensure!(!forged.is_empty() && !denied.is_empty(), "nothing is said about it");
        Ok("an administrator without a nonce and an editor are refused".to_owned())
    }

    fn ask_in_theme(&self, theme: &str, visit: &mut PageVisit) -> anyhow::Result<String> {
        let is_block_theme = theme != CLASSIC_THEME;
        let active = self.run_act(&["theme", theme])?;
        ensure!(active.ends_with("block theme") == is_block_theme, "{active}");
        let tag = self.read_tag("")?;
        ensure!(tag.contains(" async") && tag.contains("data-lang=\"vi\""), "{tag}");
        // WordPress says en_US where nobody has chosen: that binds nobody.
        self.run_act(&["language", ""])?;
        let unset = self.read_tag("")?;
        self.run_act(&["language", "vi"])?;
        ensure!(!unset.contains("data-lang"), "without a chosen language: {unset}");
        for (window, what) in [((360, 640), "phone"), ((1280, 800), "desktop")] {
            visit.open_page(&self.page_url(""), window)?;
            visit.save_picture(&format!("{theme}-{what}"))?;
            visit.require_free_launcher(WantedPlace::Corner)?;
            visit.ask_question()?;
            let lang = visit.in_panel("document.documentElement.lang")?;
            ensure!(lang == "vi", "the panel speaks {lang}");
            visit.save_picture(&format!("{theme}-{what}-answered"))?;
        }
        Ok(format!("{active}: answered on phone and desktop"))
    }

    fn ask_from_post(&self, visit: &mut PageVisit) -> anyhow::Result<String> {
        let text = "<p>Giờ làm việc</p><script src=\"https://hoi.example/s/ward/hoi.js\"></script>\
                    [hoi ask=\"lam giay khai sinh\"]Hỏi về <b>khai sinh</b>[/hoi]\
                    <!-- wp:hoi/button {\"ask\":\"gio lam viec\",\"label\":\"M\\u1ea5y gi\\u1edd \\u0022m\\u1edf\\u0022?\"} /-->";
        let post: Value = serde_json::from_str(&self.run_act(&["post", "author", "Hỏi", text])?)?;
        let kept = post.get("text").and_then(Value::as_str).context("no post")?;
        ensure!(!kept.contains("<script"), "WordPress left an author's script in: {kept}");
        let path = format!("?p={}", post.get("id").context("no post")?);
        self.read_tag(&path)?;
        visit.open_page(&self.page_url(&path), (1280, 800))?;
        let labels =
            "[...document.querySelectorAll('[data-hoi-ask]')].map((it) => it.textContent).join(' | ')";
        let labels = visit.in_page(labels)?;
        ensure!(labels == "Hỏi về khai sinh | Mấy giờ \"mở\"?", "the buttons say {labels}");
        visit.save_picture("post")?;
        visit.in_page("document.querySelector('[data-hoi-ask]').click()")?;
        visit.wait_until_ready()?;
        visit.wait_for_words("lam giay khai sinh")?;
        Ok("the shortcode's and the block's; the first was pressed and asked".to_owned())
    }

    /// The block is found in the editor by its Vietnamese name, and its field writes what the page is made of.
    fn use_editor(&self, visit: &mut PageVisit) -> anyhow::Result<String> {
        visit.open_page(&self.page_url("wp-login.php"), (1280, 800))?;
        visit.in_page(
            "document.querySelector('#user_login').value = 'editor', document.querySelector('#user_pass').value = 'lab', \
             document.querySelector('#loginform').submit()",
        )?;
        visit.follow_link(&self.page_url("wp-admin/post-new.php"))?;
        let insert = "(async () => {
          for (let i = 0; i < 200 && !(window.wp && wp.blocks && wp.blocks.getBlockType('hoi/button')); i++)
            await new Promise((done) => setTimeout(done, 100));
          const type = wp.blocks.getBlockType('hoi/button');
          const block = wp.blocks.createBlock('hoi/button', { ask: 'gio \"lam viec' });
          for (let i = 0; i < 150; i++) {
            // What is put in before the editor has begun is gone when it does.
            const there = wp.data.select('core/block-editor').getBlocks().some((each) => each.name === 'hoi/button');
            if (!there) wp.data.dispatch('core/block-editor').insertBlocks(block);
            const frame = document.querySelector('iframe[name=editor-canvas]');
            const page = frame ? frame.contentDocument : document;
            const drawn = page && page.querySelector('[data-type=\"hoi/button\"] input');
            if (drawn) return [type.title, drawn.value, wp.blocks.serialize([block])];
            await new Promise((done) => setTimeout(done, 100));
          }
          return [type.title, 'is not drawn'];
        })()";
        let seen = visit.in_page(insert)?;
        visit.save_picture("editor")?;
        let part = |at: usize| seen.get(at).and_then(Value::as_str).unwrap_or_default();
        ensure!(part(0) == "Câu hỏi cho khung trò chuyện", "the block is called {seen}");
        ensure!(part(1) == "gio \"lam viec", "the field has {seen}");
        ensure!(part(2).starts_with("<!-- wp:hoi/button {"), "the text has {seen}");
        Ok("found, drawn, written".to_owned())
    }

    fn choose_places(&self) -> anyhow::Result<String> {
        let mut admin = AdminSession::sign_in(&self.site.page_origin(), "admin")?;
        let page = admin.open_settings()?;
        let post: Value =
            serde_json::from_str(&self.run_act(&["post", "editor", "Không", "<p>Không có nút.</p>"])?)?;
        let post = format!("?p={}", post.get("id").context("no post")?);
        let edge = format!("http://{}", self.lab.edge);
        for (place, wanted) in [("button", [false, false]), ("front", [true, false]), ("all", [true, true])] {
            admin.post_settings(&page, &edge, "ward", place)?;
            let seen = [self.read_tag("").is_ok(), self.read_tag(&post).is_ok()];
            // A front page that lists posts shows their buttons, too.
            let seen = if place == "button" { [false, seen[1]] } else { seen };
            ensure!(seen == wanted, "{place}: {seen:?}");
        }
        Ok("everywhere, on the front page, beside a button".to_owned())
    }

    fn read_complaints(&self) -> anyhow::Result<String> {
        let complaints = self.run_act(&["complaints"])?;
        ensure!(complaints.is_empty(), "{complaints}");
        Ok("with WP_DEBUG".to_owned())
    }

    fn uninstall_plugin(&self) -> anyhow::Result<String> {
        let left = self.run_act(&["uninstall"])?;
        ensure!(left.ends_with("[]"), "options are left: {left}");
        ensure!(self.read_tag("").is_err(), "the tag is still there");
        Ok("no option, no tag".to_owned())
    }
}
