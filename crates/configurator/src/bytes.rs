//! How types become bytes: all their fields or cases, each named once.

/// Writes and reads a type's fields one after the other. A field that is not named does not compile; one that is named with
/// a value is not written, and has that value when it is read.
macro_rules! fields {
    ($($name:ident { $($field:ident),* $(; $unwritten:ident = $value:expr)? })*) => {$(
        impl ::engine::bytes::Binary for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                let Self { $($field),* $(, $unwritten: _)? } = self;
                $(::engine::bytes::Binary::write($field, bytes);)*
            }

            fn read(reader: &mut ::engine::bytes::Reader<'_>) -> Result<Self, ::engine::bytes::BytesError> {
                Ok(Self { $($field: ::engine::bytes::Binary::read(reader)?,)* $($unwritten: $value)? })
            }
        }
    )*};
}

/// Writes and reads the cases of a type, each by its number and its fields; what stands in boxes may be of the same type.
macro_rules! cases {
    ($($name:ident { $($tag:literal $case:ident $({ $($field:ident),* })? $(( $($part:ident),* ))?,)* })*) => {$(
        impl ::engine::bytes::Binary for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                match self {$(
                    Self::$case $({ $($field),* })? $(( $($part),* ))? => {
                        bytes.push($tag);
                        $($(::engine::bytes::Binary::write($field, bytes);)*)?
                        $($(::engine::bytes::Binary::write($part, bytes);)*)?
                    }
                )*}
            }

            fn read(reader: &mut ::engine::bytes::Reader<'_>) -> Result<Self, ::engine::bytes::BytesError> {
                match reader.byte()? {
                    $($tag => reader.nested(|reader| {
                        $($(let $field = ::engine::bytes::Binary::read(reader)?;)*)?
                        $($(let $part = ::engine::bytes::Binary::read(reader)?;)*)?
                        let _ = reader;
                        Ok(Self::$case $({ $($field),* })? $(( $($part),* ))?)
                    }),)*
                    _ => Err(reader.damaged()),
                }
            }
        }
    )*};
}

pub(crate) use {cases, fields};
