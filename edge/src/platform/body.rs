//! Bodies of requests.

use futures_util::StreamExt as _;
use worker::{Request, Result};

/// Reads a body, unless it is longer than `most` bytes; a length that is claimed is not believed.
pub async fn read_bounded(request: &mut Request, most: usize) -> Result<Option<Vec<u8>>> {
    let Ok(mut stream) = request.stream() else { return Ok(Some(Vec::new())) };
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        body.extend_from_slice(&chunk?);
        if body.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(body))
}
