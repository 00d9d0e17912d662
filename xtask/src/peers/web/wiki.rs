//! Wikis, with the tag as docs/embed.md says.

use super::{
    php::PhpSite,
    visit::{PageVisit, WantedPlace},
};
use crate::{
    bench::lab::Lab,
    peers::{
        debian::InstalledPackages,
        peer::Peer,
        report::PeerTrial,
        snippet::{DOCUMENTED_EDGE, DOCUMENTED_SITE, EMBED_DOCS, read_snippet},
    },
};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{fs, path::Path};

/// A wiki, and what is special about it.
pub struct WikiPeer {
    name: &'static str,
    purpose: &'static str,
    /// Copies it to where it is served and installs it.
    install: fn(&PhpSite<'_>) -> anyhow::Result<String>,
    /// Puts the documents' block to where it belongs.
    embed: fn(&PhpSite<'_>, &str) -> anyhow::Result<()>,
    /// Its first page.
    start_page: &'static str,
}

pub static MEDIAWIKI: WikiPeer = WikiPeer {
    name: "mediawiki",
    purpose: "wiki, with its Content-Security-Policy on",
    install: install_mediawiki,
    embed: embed_in_mediawiki,
    start_page: "index.php",
};

pub static DOKUWIKI: WikiPeer = WikiPeer {
    name: "dokuwiki",
    purpose: "wiki with its own template",
    install: install_dokuwiki,
    embed: embed_in_dokuwiki,
    start_page: "doku.php",
};

impl Peer for &'static WikiPeer {
    fn name(&self) -> &str {
        self.name
    }

    fn purpose_text(&self) -> String {
        self.purpose.to_owned()
    }

    fn package_group(&self) -> &str {
        self.name
    }

    fn run_trials(&self, packages: &InstalledPackages, folder: &Path) -> anyhow::Result<Vec<PeerTrial>> {
        let lab = Lab::open_configured(folder.join("edge"), &[])?;
        let site = PhpSite { packages, folder: folder.join("site"), port: lab.host_port };
        fs::create_dir_all(&site.folder)?;
        let installed = (self.install)(&site)?;
        let edge = format!("http://{}", lab.edge);
        let block = read_snippet(
            EMBED_DOCS,
            &format!("{} {}", self.language(), self.name),
            &[(DOCUMENTED_SITE, &format!("{edge}/s/ward"))],
        )?;
        (self.embed)(&site, &block.replace(DOCUMENTED_EDGE, &edge))?;
        let _server = site.start_server()?;
        let mut visit = PageVisit::start(self.name)?;
        let url = format!("{}/{}", site.page_origin(), self.start_page);
        Ok(vec![
            PeerTrial::run_attempt("is installed", || Ok(installed)),
            PeerTrial::run_attempt("the block of docs/embed.md: launcher, language, answer", || {
                for (window, what) in [((360, 640), "phone"), ((1280, 800), "desktop")] {
                    visit.open_page(&url, window)?;
                    let lang = visit.in_page("document.documentElement.lang")?;
                    ensure!(lang == "vi", "the wiki's page is in {lang}");
                    visit.require_free_launcher(WantedPlace::Aside)?;
                    visit.ask_question()?;
                    let lang = visit.in_panel("document.documentElement.lang")?;
                    ensure!(lang == Value::String("vi".to_owned()), "the panel speaks {lang}");
                    visit.save_picture(what)?;
                }
                Ok("answered on phone and desktop, in Vietnamese".to_owned())
            }),
            PeerTrial::run_attempt("the wiki's policy lets it be", || {
                visit.require_no_refusal(&lab.edge)?;
                Ok("nothing of ours was refused".to_owned())
            }),
        ])
    }
}

impl WikiPeer {
    fn language(&self) -> &'static str {
        if self.name == MEDIAWIKI.name { "php" } else { "html" }
    }
}

fn install_mediawiki(site: &PhpSite<'_>) -> anyhow::Result<String> {
    site.copy_from_packages("usr/share/mediawiki", "")?;
    let (folder, data) = (site.folder.display().to_string(), site.folder.with_extension("data"));
    let (data, origin) = (data.display().to_string(), site.page_origin());
    let settings = ["--dbtype", "sqlite", "--dbname", "lab", "--scriptpath", "", "--lang", "vi"];
    let places = ["--dbpath", &data, "--server", &origin, "--confpath", &folder];
    let account = ["--pass", "lab-lab-lab-1", "Phường Hoa Mai", "admin"];
    site.run_script(
        &site.folder.join("maintenance/install.php"),
        &[&settings[..], &places[..], &account[..]].concat(),
    )?;
    // Off by default: with it the block has more to do. Frames, too, only from where it says.
    add_settings(site, "$wgCSPHeader = [ 'default-src' => [ \"'self'\" ] ];\n")?;
    Ok("in Vietnamese, on SQLite, with a policy".to_owned())
}

fn embed_in_mediawiki(site: &PhpSite<'_>, block: &str) -> anyhow::Result<()> {
    add_settings(site, block)
}

/// Adds to the end of `LocalSettings.php`.
fn add_settings(site: &PhpSite<'_>, more: &str) -> anyhow::Result<()> {
    let path = site.folder.join("LocalSettings.php");
    let text = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    Ok(fs::write(path, format!("{text}\n{more}"))?)
}

fn install_dokuwiki(site: &PhpSite<'_>) -> anyhow::Result<String> {
    site.copy_from_packages("usr/share/dokuwiki", "")?;
    site.copy_from_packages("etc/dokuwiki", "conf")?;
    site.copy_from_packages("var/lib/dokuwiki/data", "data")?;
    // Debian names folders of the whole system, its makers those beside the program.
    fs::write(
        site.folder.join("inc/preload.php"),
        "<?php\ndefine( 'DOKU_CONF', dirname( __DIR__ ) . '/conf/' );\n",
    )?;
    let libraries = format!("'{}/usr/share/", site.packages.root_folder().display());
    let named = [
        "vendor/composer/autoload_psr4.php",
        "vendor/composer/autoload_namespaces.php",
        "vendor/composer/autoload_static.php",
    ];
    let named = named.iter().chain(&[
        "vendor/composer/autoload_classmap.php",
        "inc/load.php",
        "inc/parserutils.php",
        "lib/exe/jquery.php",
        "lib/exe/js.php",
    ]);
    for file in named {
        let path = site.folder.join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
        fs::write(path, text.replace("'/usr/share/", &libraries))?;
    }
    let settings = "<?php\n$conf['title'] = 'Phường Hoa Mai';\n$conf['lang'] = 'vi';\n$conf['savedir'] = './data';\n$conf['useacl'] = 0;\n";
    fs::write(site.folder.join("conf/local.php"), settings)?;
    fs::write(site.folder.join("data/pages/start.txt"), "====== Khai sinh ======\nTrong 60 ngày.\n")?;
    let version = fs::read_to_string(site.folder.join("VERSION"))?;
    Ok(format!("in Vietnamese; {}", version.trim()))
}

fn embed_in_dokuwiki(site: &PhpSite<'_>, block: &str) -> anyhow::Result<()> {
    let template = site.folder.join("lib/tpl/dokuwiki");
    Ok(fs::write(template.join("meta.html"), block)?)
}
