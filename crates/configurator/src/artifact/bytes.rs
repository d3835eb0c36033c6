//! Numbers, texts, lists and tables as bytes, and a reader that trusts none of them.

use std::collections::BTreeMap;

use super::ArtifactError;

/// Most entries of a list, and most literals of a diagram, that are read.
pub(super) const MOST: usize = 50_000_000;

/// What has a form in bytes.
pub(super) trait Binary: Sized {
    /// Adds its bytes.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Reads what [`Binary::write`] wrote, or says where the bytes are damaged.
    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError>;
}

/// Goes through bytes that may come from anywhere.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// A reader behind the magic bytes and the version, an error when the version is another one, or nothing when the
    /// magic bytes are others.
    pub(super) fn open(bytes: &'b [u8], magic: &[u8; 3], known: u8) -> Option<Result<Self, ArtifactError>> {
        let (&found, _) = bytes.strip_prefix(magic)?.split_first()?;
        Some(if found == known {
            Ok(Self { bytes, at: magic.len() + 1 })
        } else {
            Err(ArtifactError::Version { found, known })
        })
    }

    /// The error that it is damaged here.
    pub(super) fn damaged(&self) -> ArtifactError {
        ArtifactError::Damaged { at: self.at }
    }

    /// A whole number in LEB128 that fits into 64 bits.
    pub(super) fn unsigned(&mut self) -> Result<u64, ArtifactError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if part << shift >> shift != part {
                return Err(self.damaged());
            }
            number |= part << shift;
            if byte & 0x80 == 0 {
                // Only the shortest form is ever written.
                return if byte == 0 && shift > 0 { Err(self.damaged()) } else { Ok(number) };
            }
        }
        Err(self.damaged())
    }

    /// A whole number up to this one.
    pub(super) fn number(&mut self, most: usize) -> Result<usize, ArtifactError> {
        let number = self.unsigned()?;
        usize::try_from(number).ok().filter(|&number| number <= most).ok_or_else(|| self.damaged())
    }

    /// How many entries follow: each takes at least a byte, so there can't be more than there are bytes left.
    pub(super) fn length(&mut self) -> Result<usize, ArtifactError> {
        let length = self.number(MOST)?;
        if length <= self.bytes.len() - self.at { Ok(length) } else { Err(self.damaged()) }
    }

    /// One byte.
    pub(super) fn byte(&mut self) -> Result<u8, ArtifactError> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.damaged())?;
        self.at += 1;
        Ok(byte)
    }

    /// As many bytes as the length that comes first says.
    fn text(&mut self) -> Result<&'b [u8], ArtifactError> {
        let length = self.length()?;
        let text = self.bytes.get(self.at..self.at + length).ok_or_else(|| self.damaged())?;
        self.at += length;
        Ok(text)
    }

    /// All bytes that are left.
    pub(super) fn rest(&mut self) -> &'b [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at = self.bytes.len();
        rest
    }

    /// Makes sure that no bytes are left.
    pub(super) fn end(&self) -> Result<(), ArtifactError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.damaged()) }
    }
}

/// Adds a whole number in LEB128.
pub(super) fn write(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

impl Binary for i64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, (self.cast_unsigned() << 1) ^ (self >> 63).cast_unsigned());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        let number = reader.unsigned()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

impl Binary for i32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        i64::from(*self).write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        Self::try_from(i64::read(reader)?).map_err(|_| reader.damaged())
    }
}

impl Binary for u32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, u64::from(*self));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        Self::try_from(reader.unsigned()?).map_err(|_| reader.damaged())
    }
}

impl Binary for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        match reader.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(reader.damaged()),
        }
    }
}

impl Binary for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, self.len() as u64);
        bytes.extend(self.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        let text = std::str::from_utf8(reader.text()?).map_err(|_| reader.damaged())?;
        Ok(text.to_owned())
    }
}

impl<T: Binary> Binary for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        if let Some(value) = self {
            value.write(bytes);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        if bool::read(reader)? { T::read(reader).map(Some) } else { Ok(None) }
    }
}

impl<T: Binary> Binary for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, self.len() as u64);
        for entry in self {
            entry.write(bytes);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        // Room is made as entries come: a wrong length costs no more memory than the bytes can fill.
        let mut list = Self::new();
        for _ in 0..reader.length()? {
            list.push(T::read(reader)?);
        }
        Ok(list)
    }
}

/// Keys ascend, each once; so a table has one form only.
impl<T: Binary> Binary for BTreeMap<String, T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, self.len() as u64);
        for (key, value) in self {
            key.write(bytes);
            value.write(bytes);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ArtifactError> {
        let mut table = Self::new();
        for _ in 0..reader.length()? {
            let key = String::read(reader)?;
            if table.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(reader.damaged());
            }
            let value = T::read(reader)?;
            table.insert(key, value);
        }
        Ok(table)
    }
}
