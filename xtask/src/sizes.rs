//! How many bytes a portal downloads: as they are, with gzip 9, with brotli 11.

use std::io::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::integrity;

/// The three sizes of one file, in bytes.
#[derive(Clone, Copy, Default)]
pub struct Sizes {
    /// As it lies on the disk.
    pub raw: usize,
    /// With gzip at level 9.
    pub gzip: usize,
    /// With brotli at quality 11 and a window of 2^22 bytes, the defaults of the brotli program.
    pub brotli: usize,
}

/// Measures a file's content. Brotli takes seconds, so sizes are remembered in `memory`, a folder
/// with a small file for each content: its name is the hash, its text the sizes.
///
/// # Errors
/// Where a compressor fails: out of memory.
pub fn measure(memory: &Path, content: &[u8]) -> Result<Sizes> {
    // Base64 has '/', which no file name may have.
    let remembered = memory.join(integrity::sha384(content).replace('/', "_"));
    if let Some((gzip, brotli)) = recall(&remembered) {
        return Ok(Sizes {
            raw: content.len(),
            gzip,
            brotli,
        });
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content)?;
    let sizes = Sizes {
        raw: content.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli_11(content)?,
    };
    std::fs::create_dir_all(memory)?;
    std::fs::write(&remembered, format!("{} {}", sizes.gzip, sizes.brotli))?;
    Ok(sizes)
}

fn recall(remembered: &Path) -> Option<(usize, usize)> {
    let text = std::fs::read_to_string(remembered).ok()?;
    let (gzip, brotli) = text.split_once(' ')?;
    Some((gzip.parse().ok()?, brotli.parse().ok()?))
}

/// The size with brotli 11.
///
/// # Errors
/// Where the compressor fails: out of memory.
pub fn brotli_11(content: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}
