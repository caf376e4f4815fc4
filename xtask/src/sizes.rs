//! How many bytes a portal downloads: as they are, with gzip 9, with brotli 11.

use std::io::Write as _;

use anyhow::Result;

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

/// Measures a file's content.
///
/// # Errors
/// Where a compressor fails: out of memory.
pub fn measure(content: &[u8]) -> Result<Sizes> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content)?;
    Ok(Sizes {
        raw: content.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli_11(content)?,
    })
}

fn brotli_11(content: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed.len())
}
