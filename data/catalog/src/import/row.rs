//! Rows: the file read record by record, whatever its encoding, separator and line ends.

use std::{
    borrow::Cow,
    io::{BufRead, BufReader, Read},
    sync::Arc,
};

use csv::ByteRecord;
use mcom_data::{Error, Result};
use mcom_schema::refuse;

use super::{
    header::{Column, Header},
    lines::Lines,
};

/// A record of the file, without those that are blank.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// Whether it had bytes that are not UTF-8 and was read as Windows-1252, of which Latin-1 is a part.
    pub is_latin: bool,
    header: Arc<Header>,
    cells: Vec<String>,
}

impl Row {
    /// The cell, trimmed; `None` if the file has no such column. Records may end before their last columns.
    pub(super) fn cell(&self, column: Column) -> Option<&str> {
        let place = self.header.place(column)?;
        Some(self.cells.get(place).map_or("", |cell| cell.trim()))
    }

    /// The cell, if there is something in it.
    pub(super) fn filled(&self, column: Column) -> Option<&str> {
        self.cell(column).filter(|text| !text.is_empty())
    }
}

/// The rows of a file, one after the other.
pub(super) struct Rows<R> {
    reader: csv::Reader<BufReader<Lines<R>>>,
    record: ByteRecord,
    pub header: Arc<Header>,
}

impl<R: Read> Rows<R> {
    /// Reads the header.
    pub(super) fn open(source: R) -> Result<Self> {
        let mut source = BufReader::with_capacity(1 << 16, Lines::of(source));
        let head = source.fill_buf().map_err(|error| unreadable(&error))?;
        if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
            return Err(refuse("file", "INVALID", "The file is in UTF-16; save it as CSV in UTF-8").into());
        }
        let delimiter = delimiter(head);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(source);
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))?;
        let names: Vec<String> = record.iter().map(|name| text(name).0.into_owned()).collect();
        let header = Header::of(names.iter().map(String::as_str));
        if !header.has(Column::Handle) && !header.has(Column::Title) {
            let message = "The first row has to name the columns, at least Handle or Title";
            return Err(refuse("file", "INVALID", message).into());
        }
        Ok(Rows { reader, record, header: Arc::new(header) })
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row>> {
        while self.reader.read_byte_record(&mut self.record).map_err(|error| unreadable(&error))? {
            if self.record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            // The reader stands on the line after the record. Where it stood before is of no use: blank lines may be between.
            let breaks = self.record.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
            let line = self.reader.position().line().saturating_sub(1 + breaks);
            let cells: Vec<(Cow<'_, str>, bool)> = self.record.iter().map(text).collect();
            let is_latin = cells.iter().any(|(_, is_latin)| *is_latin);
            let cells = cells.into_iter().map(|(cell, _)| cell.into_owned()).collect();
            return Ok(Some(Row { line, is_latin, header: self.header.clone(), cells }));
        }
        Ok(None)
    }
}

fn unreadable(error: &dyn std::error::Error) -> Error {
    refuse("file", "INVALID", format!("The file cannot be read: {error}")).into()
}

/// What separates the names in the first line: spreadsheets of some countries write semicolons.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// The text of a cell and whether it was not UTF-8. Zero bytes, which the database cannot keep, are dropped.
fn text(cell: &[u8]) -> (Cow<'_, str>, bool) {
    let (text, is_latin) = match std::str::from_utf8(cell) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (Cow::Owned(cell.iter().map(|byte| latin(*byte)).collect()), true),
    };
    match text.contains('\0') {
        true => (Cow::Owned(text.replace('\0', "")), is_latin),
        false => (text, is_latin),
    }
}

/// A character of Windows-1252; its five empty places are taken as in Latin-1.
fn latin(byte: u8) -> char {
    const C1: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => C1[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Rows};
    use crate::import::header::Column;

    fn rows(file: &[u8]) -> Vec<Row> {
        let mut rows = Rows::open(file).unwrap();
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["Handle,Title", "a,\"two", "lines\"", "", "b", ",", "c,C"].join(end);
            let lines: Vec<(u64, String)> = rows(file.as_bytes())
                .iter()
                .map(|row| (row.line, row.cell(Column::Handle).unwrap().to_owned()))
                .collect();
            assert_eq!(lines, [(2, "a".into()), (5, "b".into()), (7, "c".into())], "{end:?}");
        }
    }

    #[test]
    fn byte_order_marks_separators_and_latin_letters_are_no_obstacle() {
        assert_eq!(rows(b"\xEF\xBB\xBFHandle;Title\na;B\n")[0].cell(Column::Title), Some("B"));
        let row = &rows(b"Handle\tTitle\nmug\tCr\xE8me \x80\0\n")[0];
        assert_eq!((row.cell(Column::Title), row.is_latin), (Some("Crème €"), true));
        assert!(Rows::open(b"\xFF\xFEH\0".as_slice()).is_err());
        assert!(Rows::open(b"a,b\n1,2\n".as_slice()).is_err());
        assert!(Rows::open(b"".as_slice()).is_err());
    }

    #[test]
    fn a_short_row_has_empty_cells_and_a_missing_column_has_none() {
        let row = &rows(b"Handle,Title\na\n")[0];
        assert_eq!((row.cell(Column::Title), row.cell(Column::Price)), (Some(""), None));
    }
}
