//! Numbers, texts, lists and tables as bytes, and a reader that trusts none of them.

use std::collections::BTreeMap;

/// Bytes that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BytesError {
    /// The bytes are something else.
    #[error("these bytes are no {expected}")]
    SomethingElse {
        /// What was to be read.
        expected: &'static str,
    },
    /// The layout is of another version.
    #[error("the bytes have version {found}, this program reads version {known}")]
    Version {
        /// The version they have.
        found: u8,
        /// The version that is read.
        known: u8,
    },
    /// The bytes end early, go on too long, or contradict themselves.
    #[error("the bytes are damaged at {at}")]
    Damaged {
        /// Which byte it was noticed at, counted from 0.
        at: usize,
    },
}

/// Most entries of a list, and most literals of a diagram, that are read.
pub const MOST: usize = 50_000_000;

/// Deepest that entries are read within others of their kind, so that no bytes can exhaust the stack.
const DEEPEST: usize = 1_100;

/// What has a form in bytes.
pub trait Binary: Sized {
    /// Adds its bytes.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Reads what [`Binary::write`] wrote, or says where the bytes are damaged.
    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError>;
}

/// Goes through bytes that may come from anywhere.
pub struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    depth: usize,
}

impl<'b> Reader<'b> {
    /// A reader behind the magic bytes and the version.
    ///
    /// # Errors
    /// The magic bytes are others, so these are not what is `expected`, or the version is another one.
    pub fn open(
        bytes: &'b [u8],
        magic: &[u8; 3],
        known: u8,
        expected: &'static str,
    ) -> Result<Self, BytesError> {
        match bytes.strip_prefix(magic).and_then(<[u8]>::split_first) {
            Some((&found, _)) if found == known => Ok(Self { bytes, at: magic.len() + 1, depth: 0 }),
            Some((&found, _)) => Err(BytesError::Version { found, known }),
            None => Err(BytesError::SomethingElse { expected }),
        }
    }

    /// The error that it is damaged here.
    pub fn damaged(&self) -> BytesError {
        BytesError::Damaged { at: self.at }
    }

    /// A whole number in LEB128 that fits into 64 bits.
    pub fn unsigned(&mut self) -> Result<u64, BytesError> {
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
    pub fn number(&mut self, most: usize) -> Result<usize, BytesError> {
        let number = self.unsigned()?;
        usize::try_from(number).ok().filter(|&number| number <= most).ok_or_else(|| self.damaged())
    }

    /// How many entries follow: each takes at least a byte, so there can't be more than there are bytes left.
    pub fn length(&mut self) -> Result<usize, BytesError> {
        let length = self.number(MOST)?;
        if length <= self.bytes.len() - self.at { Ok(length) } else { Err(self.damaged()) }
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8, BytesError> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.damaged())?;
        self.at += 1;
        Ok(byte)
    }

    /// Reads what stands within something of its own kind.
    ///
    /// # Errors
    /// It stands within more than a thousand others.
    pub fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, BytesError>,
    ) -> Result<T, BytesError> {
        if self.depth == DEEPEST {
            return Err(self.damaged());
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// As many bytes as the length that comes first says.
    fn text(&mut self) -> Result<&'b [u8], BytesError> {
        let length = self.length()?;
        let text = self.bytes.get(self.at..self.at + length).ok_or_else(|| self.damaged())?;
        self.at += length;
        Ok(text)
    }

    /// All bytes that are left.
    pub fn rest(&mut self) -> &'b [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at = self.bytes.len();
        rest
    }

    /// Makes sure that no bytes are left.
    pub fn end(&self) -> Result<(), BytesError> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.damaged()) }
    }
}

/// Adds a whole number in LEB128.
pub fn write(bytes: &mut Vec<u8>, mut number: u64) {
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        let number = reader.unsigned()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }
}

impl Binary for i32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        i64::from(*self).write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        Self::try_from(i64::read(reader)?).map_err(|_| reader.damaged())
    }
}

impl Binary for u32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, u64::from(*self));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        Self::try_from(reader.unsigned()?).map_err(|_| reader.damaged())
    }
}

impl Binary for u64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, *self);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        reader.unsigned()
    }
}

impl Binary for usize {
    fn write(&self, bytes: &mut Vec<u8>) {
        write(bytes, *self as u64);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        reader.number(MOST)
    }
}

impl Binary for u8 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        reader.byte()
    }
}

impl Binary for char {
    fn write(&self, bytes: &mut Vec<u8>) {
        u32::from(*self).write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        Self::from_u32(u32::read(reader)?).ok_or_else(|| reader.damaged())
    }
}

impl Binary for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(u8::from(*self));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        // Room is made as entries come: a wrong length costs no more memory than the bytes can fill.
        let mut list = Self::new();
        for _ in 0..reader.length()? {
            list.push(T::read(reader)?);
        }
        Ok(list)
    }
}

impl<T: Binary> Binary for Box<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        T::write(self, bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        T::read(reader).map(Self::new)
    }
}

impl<T: Binary, U: Binary> Binary for (T, U) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        Ok((T::read(reader)?, U::read(reader)?))
    }
}

/// As many entries as the type says, so no length comes first.
impl<T: Binary, const N: usize> Binary for [T; N] {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.iter().for_each(|entry| entry.write(bytes));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        let mut entries = Vec::with_capacity(N);
        for _ in 0..N {
            entries.push(T::read(reader)?);
        }
        entries.try_into().map_err(|_| reader.damaged())
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

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
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
