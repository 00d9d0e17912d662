//! The edge on this machine, for development, tests and measurements.

use super::{CONFIG_FILE, EdgeConfig, ExtraConfig, HEAP_MB, START_LIMIT, serve_command};
use crate::process::ChildProcess;
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The variable that names a handler and which of its calls is to panic, `alarm:1`.
const FAILPOINT_VARIABLE: &str = "HOI_DRILL";

/// How long one answer to the question after its health may take.
const HEALTH_LIMIT: Duration = Duration::from_secs(10);

/// Which addresses the worker may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Networks {
    /// The internet, as on a server whose operator says nothing else.
    Public,
    /// This machine and its neighbours, too: stand-in agencies listen there.
    PublicAndLocal,
}

impl Networks {
    /// As workerd's network service names them.
    fn ranges(self) -> &'static [&'static str] {
        match self {
            Networks::Public => &["public"],
            Networks::PublicAndLocal => &["public", "private", "local"],
        }
    }
}

/// An edge in a folder of its own. What is not said here is as on an operator's server.
pub struct LocalEdge<'a> {
    /// The runtime.
    pub workerd: PathBuf,
    /// Where the configuration and the folder `data` are.
    pub folder: PathBuf,
    /// The port on 127.0.0.1.
    pub port: u16,
    /// The built worker.
    pub worker_dir: PathBuf,
    /// What browsers load, with `manifest.json`.
    pub assets_dir: PathBuf,
    /// Settings and secrets by name; those without a value are left out, as `start.sh` leaves them out.
    pub environment: Vec<(String, String)>,
    /// Which addresses the worker may call.
    pub networks: Networks,
    /// The handler that is to panic, and at which of its calls: `alarm:1`.
    pub failpoint: Option<String>,
    /// Additions to the configuration.
    pub extra: ExtraConfig<'a>,
}

/// How an edge is started.
#[derive(Default, Clone, Copy)]
pub struct StartOptions<'a> {
    /// A file that its output is added to; where there is none the output goes where ours goes.
    pub log: Option<&'a Path>,
    /// The size in bytes beyond which no file may grow, as if the disk were full. Needs util-linux' `prlimit`.
    pub file_size_limit: Option<u64>,
}

impl LocalEdge<'_> {
    /// Writes the configuration and makes the folder for data.
    ///
    /// # Errors
    /// If there is no manifest, or the folder can't be written to.
    pub fn write_config(&self) -> anyhow::Result<()> {
        let variables: Vec<&str> = self.bound_variables().map(|(name, _)| name).collect();
        let config = EdgeConfig {
            address: &format!("127.0.0.1:{}", self.port),
            worker_dir: &self.worker_dir.display().to_string(),
            assets_dir: &self.assets_dir.display().to_string(),
            data_dir: "data",
            heap_mb: HEAP_MB,
            networks: self.networks.ranges(),
            manifest: &read_manifest_line(&self.assets_dir)?,
            variables: &variables,
            extra: self.extra.clone(),
        };
        fs::create_dir_all(self.folder.join("data"))?;
        let file = self.folder.join(CONFIG_FILE);
        fs::write(&file, config.render()).with_context(|| format!("{} can't be written", file.display()))
    }

    /// The command that runs it.
    pub fn serve_command(&self, options: StartOptions<'_>) -> Command {
        let mut command = serve_command(&self.workerd, &self.folder);
        if let Some(bytes) = options.file_size_limit {
            // The signal that would end the process is ignored: then the write fails, as on a full disk.
            let mut limited = Command::new("env");
            limited.args(["--ignore-signal=XFSZ", "prlimit", &format!("--fsize={bytes}:unlimited")]);
            limited.arg(command.get_program()).args(command.get_args()).current_dir(&self.folder);
            command = limited;
        }
        command.envs(self.bound_variables());
        command
    }

    /// Starts it on the disk it has, and waits until `/health` answers. The configuration must have been written.
    ///
    /// # Errors
    /// If workerd ends or is not healthy after 30 s; with its log, where it has one.
    pub fn start(&self, options: StartOptions<'_>) -> anyhow::Result<ChildProcess> {
        let mut command = self.serve_command(options);
        if let Some(log) = options.log {
            let log = fs::File::options().create(true).append(true).open(log)?;
            command.stdout(log.try_clone()?).stderr(log);
        }
        let mut process = ChildProcess::start("workerd", &mut command)?;
        let config = ureq::Agent::config_builder().timeout_global(Some(HEALTH_LIMIT));
        let agent: ureq::Agent = config.build().into();
        let health = format!("http://127.0.0.1:{}/health", self.port);
        let ready = process.wait_until_ready("workerd", START_LIMIT, || agent.get(&health).call().is_ok());
        ready.with_context(|| match options.log {
            Some(log) => fs::read_to_string(log).unwrap_or_default(),
            None => "what it said is above".to_owned(),
        })?;
        Ok(process)
    }

    /// What is bound from the environment, by name.
    fn bound_variables(&self) -> impl Iterator<Item = (&str, &str)> {
        let settings = self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let failpoint = self.failpoint.as_deref().map(|failpoint| (FAILPOINT_VARIABLE, failpoint));
        settings.chain(failpoint).filter(|(_, value)| !value.is_empty())
    }
}

/// The manifest of what browsers load, in one line, as it is bound.
///
/// # Errors
/// If nothing was built.
pub fn read_manifest_line(assets_dir: &Path) -> anyhow::Result<String> {
    let file = assets_dir.join("manifest.json");
    let text = fs::read(&file).with_context(|| format!("{} can't be read", file.display()))?;
    let manifest: serde_json::Value = serde_json::from_slice(&text)?;
    Ok(manifest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local_edge(folder: &Path) -> LocalEdge<'static> {
        let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        LocalEdge {
            workerd: "workerd".into(),
            folder: folder.to_owned(),
            port: 8787,
            worker_dir: "/built/worker".into(),
            assets_dir: folder.to_owned(),
            environment: vec![variable("HOI_SECRET", "kept out of files"), variable("HOI_OIDC_ISSUER", "")],
            networks: Networks::Public,
            failpoint: None,
            extra: ExtraConfig::default(),
        }
    }

    #[test]
    fn secrets_are_in_the_environment_and_never_in_a_file() {
        let folder = std::env::temp_dir().join(format!("hoi-devkit-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("manifest.json"), "{\n}").unwrap();
        let edge = LocalEdge { failpoint: Some("alarm:1".into()), ..local_edge(&folder) };
        edge.write_config().unwrap();
        let text = fs::read_to_string(folder.join(CONFIG_FILE)).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(text.contains("fromEnvironment = \"HOI_SECRET\"") && !text.contains("kept out"));
        assert!(text.contains("fromEnvironment = \"HOI_DRILL\"") && !text.contains("HOI_OIDC_ISSUER"));
        assert!(text.contains("allow = [\"public\"]"));
    }

    #[test]
    fn a_full_disk_is_a_limit_around_the_same_command() {
        let edge = local_edge(Path::new("/tmp"));
        let command =
            edge.serve_command(StartOptions { file_size_limit: Some(4096), ..StartOptions::default() });
        let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
        let expected = "--ignore-signal=XFSZ prlimit --fsize=4096:unlimited workerd serve -I/ edge.capnp";
        assert_eq!(words.join(" "), expected);
    }
}
