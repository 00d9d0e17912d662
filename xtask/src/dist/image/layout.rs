//! An image as one file: the OCI's image layout in a tar, as podman, skopeo, containerd and Docker load it.

use super::layer::{PackedLayer, name_digest};
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Read as _,
    path::Path,
};

const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// Writes the image of these `layers` to `to`; `name` is what it is called once it is loaded.
///
/// # Errors
/// If something can't be read or written.
pub fn write_layout(to: &Path, config: &Value, layers: &[PackedLayer], name: &str) -> anyhow::Result<()> {
    let file = File::create(to).with_context(|| format!("{} can't be made", to.display()))?;
    let mut tar = tar::Builder::new(file);
    let mut listed = Vec::new();
    for layer in layers {
        let bytes = fs::read(&layer.file)?;
        append_bytes(&mut tar, &blob_path(&layer.digest), &bytes)?;
        listed.push(json!({ "mediaType": LAYER, "digest": layer.digest, "size": bytes.len() }));
    }
    let config = append_blob(&mut tar, CONFIG, config)?;
    let manifest = json!({ "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": listed });
    let mut described = append_blob(&mut tar, MANIFEST, &manifest)?;
    if let Some(fields) = described.as_object_mut() {
        // Podman and skopeo read the first, containerd and Docker the second.
        let names = json!({
            "org.opencontainers.image.ref.name": name,
            "io.containerd.image.name": format!("docker.io/library/{name}"),
        });
        fields.insert("annotations".into(), names);
    }
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [described] });
    append_bytes(&mut tar, "index.json", &serde_json::to_vec(&index)?)?;
    append_bytes(&mut tar, "oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#)?;
    tar.into_inner()?.sync_all()?;
    Ok(())
}

/// Adds `value` under its digest, and gives what others name it by.
fn append_blob(tar: &mut tar::Builder<File>, kind: &str, value: &Value) -> anyhow::Result<Value> {
    let bytes = serde_json::to_vec(value)?;
    let digest = name_digest(&bytes);
    append_bytes(tar, &blob_path(&digest), &bytes)?;
    Ok(json!({ "mediaType": kind, "digest": digest, "size": bytes.len() }))
}

fn append_bytes(tar: &mut tar::Builder<File>, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_mode(0o644);
    header.set_size(bytes.len().try_into()?);
    Ok(tar.append_data(&mut header, path, bytes)?)
}

fn blob_path(digest: &str) -> String {
    format!("blobs/{}", digest.replace(':', "/"))
}

/// How a container of an image is to be started.
#[derive(Debug)]
pub struct ContainerConfig {
    /// The number of the user, before the colon.
    pub user: String,
    /// `NAME=value`.
    pub environment: Vec<String>,
    /// The program and its arguments.
    pub entrypoint: Vec<String>,
    /// Folders that outlive the container.
    pub volumes: Vec<String>,
}

/// An image that was packed, read back by its own index, every digest checked.
pub struct ImageLayout(BTreeMap<String, Vec<u8>>);

impl ImageLayout {
    /// Reads the image in `file`.
    ///
    /// # Errors
    /// If it can't be read, or if something in it is not what its name says.
    pub fn read_file(file: &Path) -> anyhow::Result<ImageLayout> {
        let mut archive = tar::Archive::new(File::open(file)?);
        let mut found = BTreeMap::new();
        for entry in archive.entries()? {
            let mut entry = entry?;
            let path = entry.path()?.display().to_string();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            if path.starts_with("blobs/") {
                ensure!(blob_path(&name_digest(&bytes)) == path, "{path} is not what its name says");
            }
            found.insert(path, bytes);
        }
        Ok(ImageLayout(found))
    }

    /// Unpacks the image's layers into `root`, and says how to start it.
    ///
    /// # Errors
    /// If something is missing.
    pub fn unpack_layers(&self, root: &Path) -> anyhow::Result<ContainerConfig> {
        let index: Value =
            serde_json::from_slice(self.0.get("index.json").context("there is no index.json")?)?;
        let manifest = self.read_blob(index.pointer("/manifests/0"))?;
        let config = self.read_blob(manifest.get("config"))?;
        for layer in manifest.get("layers").and_then(Value::as_array).context("there are no layers")? {
            let packed = self.find_blob(Some(layer))?;
            tar::Archive::new(flate2::read::GzDecoder::new(packed)).unpack(root)?;
        }
        let list = |path: &str| -> Vec<String> {
            let values = config.pointer(path).and_then(Value::as_array).into_iter().flatten();
            values.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let user = config.pointer("/config/User").and_then(Value::as_str).context("there is no user")?;
        let volumes = config.pointer("/config/Volumes").and_then(Value::as_object);
        Ok(ContainerConfig {
            user: user.split(':').next().unwrap_or_default().to_owned(),
            environment: list("/config/Env"),
            entrypoint: list("/config/Entrypoint"),
            volumes: volumes.into_iter().flat_map(|volumes| volumes.keys().cloned()).collect(),
        })
    }

    fn find_blob(&self, descriptor: Option<&Value>) -> anyhow::Result<&[u8]> {
        let digest =
            descriptor.and_then(|it| it.get("digest")).and_then(Value::as_str).context("no digest")?;
        let blob = self.0.get(&blob_path(digest)).with_context(|| format!("{digest} is missing"))?;
        Ok(blob.as_slice())
    }

    fn read_blob(&self, descriptor: Option<&Value>) -> anyhow::Result<Value> {
        Ok(serde_json::from_slice(self.find_blob(descriptor)?)?)
    }
}
