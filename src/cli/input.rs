//! Files and standard input → bytes, or a sentence that says why not. Imports `message` only.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::message::Message;

/// Nothing larger is read: twice the default limit of a geometry (32 MiB), so that the parser's
/// own message about the limit is what people see up to there.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a whole file; `-` is standard input.
///
/// # Errors
/// The file isn't there, isn't a file, can't be read, or is larger than 64 MiB.
pub fn read(path: &Path) -> Result<Vec<u8>, Message> {
    if path == Path::new("-") {
        return read_all(std::io::stdin().lock(), "标准输入", "standard input");
    }
    let shown = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&shown, &error))?;
    if meta.is_dir() {
        return Err(Message::new(
            format!("{shown} 是文件夹，不是文件。请写出文件夹里的文件名。"),
            format!("{shown} is a folder, not a file. Name a file in it."),
        ));
    }
    let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
    read_all(file, &shown, &shown)
}

fn read_all(from: impl Read, zh: &str, en: &str) -> Result<Vec<u8>, Message> {
    let mut bytes = Vec::new();
    let read = from
        .take(MOST_BYTES.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Message {
            zh: unreadable(zh, &error).zh,
            en: unreadable(en, &error).en,
        })?;
    if u64::try_from(read).is_ok_and(|read| read > MOST_BYTES) {
        return Err(Message::new(
            format!("{zh} 超过 64 MiB，未读取。请确认这是数据文件。"),
            format!("{en} is larger than 64 MiB and was not read. Is it the right file?"),
        ));
    }
    match table(&bytes) {
        Some(what) => Err(Message::new(
            format!(
                "{zh} 是表格（{what}），不是JSON数据。把表格变成JSON的办法，见嵌入说明的“从表格做数据”。"
            ),
            format!(
                "{en} is a table ({what}), not JSON. How to make a feed of a table: \"From a spreadsheet\" in the docs."
            ),
        )),
        None => Ok(bytes),
    }
}

/// What sort of table a file is, where it is one.
fn table(bytes: &[u8]) -> Option<&'static str> {
    // A ZIP archive, as xlsx and ods are; the container of old Office files.
    if bytes.starts_with(b"PK\x03\x04") {
        return Some("xlsx");
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Some("xls");
    }
    // No JSON begins with anything but a bracket, and a web page with `<`: the parser tells those.
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = text.split(|byte| *byte == b'\n').next()?;
    let is_table = first.first().is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || *byte == b'"' || !byte.is_ascii() && *byte < 0xFE
    }) && first.iter().any(|byte| matches!(byte, b',' | b'\t'))
        && !first.contains(&0);
    is_table.then_some("CSV")
}

fn unreadable(shown: &str, error: &std::io::Error) -> Message {
    match error.kind() {
        ErrorKind::NotFound => Message::new(
            format!("找不到文件 {shown}。请检查文件名和所在文件夹。"),
            format!("No file {shown}. Check its name and folder."),
        ),
        ErrorKind::PermissionDenied => Message::new(
            format!("没有读取 {shown} 的权限。请检查文件权限，或是否被其他程序占用。"),
            format!(
                "No permission to read {shown}. Check its permissions, or whether another program holds it."
            ),
        ),
        _ => Message::new(
            format!("无法读取 {shown}：{error}。"),
            format!("Can't read {shown}: {error}."),
        ),
    }
}

/// Writes a file so that a reader sees the old bytes or the new, never half of them: beside it
/// first, then renamed.
///
/// # Errors
/// The folder isn't there or can't be written to.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Message> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = Path::new(&beside);
    std::fs::write(beside, bytes)
        .and_then(|()| std::fs::rename(beside, path))
        .map_err(|error| {
            // The first error is the one to tell; a leftover that can't be removed changes nothing.
            let _ = std::fs::remove_file(beside);
            let shown = path.display();
            Message::new(
                format!("无法写入 {shown}：{error}。请检查文件夹是否存在、能否写入。"),
                format!("Can't write {shown}: {error}. Check that its folder exists and can be written to."),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_table_is_told_from_json() {
        let gbk = b"\xC7\xF8\xCF\xD8,\xBC\xC6\xBB\xAE\r\n1,2\r\n";
        assert_eq!(table(gbk), Some("CSV"));
        assert_eq!(table("\u{FEFF}区县,计划\n".as_bytes()), Some("CSV"));
        assert_eq!(table(b"PK\x03\x04"), Some("xlsx"));
        for other in [
            "",
            "{\"a\": 1, \"b\": 2}",
            " [1, 2]",
            "<!doctype html><p>a, b",
            "'a', 'b'",
            "null",
            "\u{FEFF}{\"a\": 1,",
        ] {
            assert_eq!(table(other.as_bytes()), None, "{other}");
        }
        assert_eq!(table(b"\xFF\xFE\x7B\x00\x2C\x00"), None);
    }
}
