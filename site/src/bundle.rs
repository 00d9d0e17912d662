//! What is published: a site and its model in one block of bytes, so that an edge switches to both at once.
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOISITE1"
//!      8      4  n: length of the site, little endian
//!     12      n  the site as JSON
//!   12+n   rest  the model, as `intent` wrote it
//! ```

use crate::Site;

/// Largest bundle an edge takes, in bytes.
pub const MAX_BUNDLE_BYTES: usize = 8 * 1024 * 1024;

const MAGIC: &[u8; 8] = b"HOISITE1";

/// A site and its model.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// What the agency wrote.
    pub site: Site,
    /// What the matcher learnt from it, as bytes for [`intent::Model::read`].
    pub model: Vec<u8>,
}

/// Why bytes are not a bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Not from `hoi publish`, or from a newer one.
    #[error("this is not a bundle this edge can read; publish again with the edge's own `hoi`")]
    Magic,
    /// Cut off, or longer than [`MAX_BUNDLE_BYTES`].
    #[error("the bundle is cut off or larger than {MAX_BUNDLE_BYTES} bytes")]
    Size,
    /// The site inside can't be read.
    #[error("the site in the bundle can't be read: {0}")]
    Site(#[from] serde_json::Error),
}

impl Bundle {
    /// The bundle as bytes.
    ///
    /// # Errors
    /// [`BundleError::Site`] if the site can't be written as JSON, [`BundleError::Size`] if all is too large.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        let site = serde_json::to_vec(&self.site)?;
        let length = u32::try_from(site.len()).map_err(|_| BundleError::Size)?;
        let mut out = Vec::with_capacity(12 + site.len() + self.model.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&site);
        out.extend_from_slice(&self.model);
        if out.len() > MAX_BUNDLE_BYTES { Err(BundleError::Size) } else { Ok(out) }
    }

    /// Reads a bundle. The model is not looked into.
    ///
    /// # Errors
    /// Any [`BundleError`], for bytes of any kind.
    pub fn read_bundle(bytes: &[u8]) -> Result<Bundle, BundleError> {
        if bytes.len() > MAX_BUNDLE_BYTES {
            return Err(BundleError::Size);
        }
        let rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::Magic)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(BundleError::Size)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (site, model) = rest.split_at_checked(length).ok_or(BundleError::Size)?;
        Ok(Bundle { site: wire::parse_json(site)?, model: model.to_vec() })
    }
}
