//! JSON as `serde_json` writes it, with two differences: what could act on a terminal is escaped, and
//! a text in which there is nothing to escape is told by eight bytes at a time.

use std::io::{self, Write};

use serde::ser::{self, Serialize};

use super::{key::Key, text};

/// Why something was not written: the writer's own reason, or what JSON cannot hold.
#[derive(Debug)]
pub(super) struct Failure(pub(super) io::Error);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(io::Error::other(message.to_string()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

pub(super) type Result<T = ()> = std::result::Result<T, Failure>;

/// What lines begin with, as far as anything here is nested.
const LINE: &[u8] = b",\n                                                                ";

/// Writes values to `out`.
pub(super) struct Json<'o, W> {
    out: &'o mut W,
    /// Each value on a line of its own, indented by two spaces for each level.
    indented: bool,
    level: usize,
}

impl<'o, W: Write> Json<'o, W> {
    pub(super) fn new(out: &'o mut W, indented: bool) -> Self {
        Self { out, indented, level: 0 }
    }

    /// Ends the line before, with a comma unless what comes is the `first` of its kind, and indents.
    fn line(&mut self, first: bool) -> io::Result<()> {
        if !self.indented {
            return if first { Ok(()) } else { self.out.write_all(b",") };
        }
        let indent = 2 * self.level;
        let end = LINE.len().min(2 + indent);
        self.out.write_all(&LINE[usize::from(first)..end])?;
        for _ in end..2 + indent {
            self.out.write_all(b" ")?;
        }
        Ok(())
    }

    fn open(&mut self, brackets: [&'static [u8]; 2]) -> Result<Nested<'_, 'o, W>> {
        self.out.write_all(brackets[0])?;
        self.level += 1;
        Ok(Nested { json: self, end: brackets[1], is_empty: true, of_variant: false })
    }

    /// Begins the object that names an enum's variant.
    fn open_variant(&mut self, variant: &str, brackets: [&'static [u8]; 2]) -> Result<Nested<'_, 'o, W>> {
        self.begin_variant(variant)?;
        Ok(Nested { of_variant: true, ..self.open(brackets)? })
    }

    fn begin_variant(&mut self, variant: &str) -> Result {
        self.out.write_all(b"{")?;
        self.level += 1;
        self.line(true)?;
        self.key(variant)
    }

    fn end_variant(&mut self) -> Result {
        self.level -= 1;
        self.line(true)?;
        Ok(self.out.write_all(b"}")?)
    }

    pub(super) fn key(&mut self, key: &str) -> Result {
        text::write(self.out, key)?;
        Ok(self.out.write_all(if self.indented { b": " } else { b":" })?)
    }

    fn plain(&mut self, value: impl std::fmt::Display) -> Result {
        Ok(write!(self.out, "{value}")?)
    }

    fn float<T: Serialize>(&mut self, value: T) -> Result {
        self.plain(serde_json::to_string(&value).map_err(io::Error::from)?)
    }
}

const ARRAY: [&[u8]; 2] = [b"[", b"]"];
const OBJECT: [&[u8]; 2] = [b"{", b"}"];

/// Passes values whose `Display` is their JSON.
macro_rules! plain {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result { self.plain(value) })*
    };
}

impl<'j, 'o, W: Write> ser::Serializer for &'j mut Json<'o, W> {
    type Ok = ();
    type Error = Failure;
    type SerializeSeq = Nested<'j, 'o, W>;
    type SerializeTuple = Nested<'j, 'o, W>;
    type SerializeTupleStruct = Nested<'j, 'o, W>;
    type SerializeTupleVariant = Nested<'j, 'o, W>;
    type SerializeMap = Nested<'j, 'o, W>;
    type SerializeStruct = Nested<'j, 'o, W>;
    type SerializeStructVariant = Nested<'j, 'o, W>;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128,
    }

    fn serialize_f32(self, value: f32) -> Result {
        self.float(value)
    }

    fn serialize_f64(self, value: f64) -> Result {
        self.float(value)
    }

    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result {
        Ok(text::write(self.out, value)?)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        Ok(self.out.write_all(b"null")?)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        self.begin_variant(variant)?;
        value.serialize(&mut *self)?;
        self.end_variant()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Nested<'j, 'o, W>> {
        self.open(ARRAY)
    }

    fn serialize_tuple(self, _: usize) -> Result<Nested<'j, 'o, W>> {
        self.open(ARRAY)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Nested<'j, 'o, W>> {
        self.open(ARRAY)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Nested<'j, 'o, W>> {
        self.open_variant(variant, ARRAY)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Nested<'j, 'o, W>> {
        self.open(OBJECT)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Nested<'j, 'o, W>> {
        self.open(OBJECT)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Nested<'j, 'o, W>> {
        self.open_variant(variant, OBJECT)
    }
}

/// An array or object that was begun.
pub(super) struct Nested<'j, 'o, W> {
    json: &'j mut Json<'o, W>,
    end: &'static [u8],
    is_empty: bool,
    /// It stands in the object that names a variant.
    of_variant: bool,
}

impl<W: Write> Nested<'_, '_, W> {
    fn next(&mut self) -> Result {
        self.json.line(self.is_empty)?;
        self.is_empty = false;
        Ok(())
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(&mut *self.json)
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.next()?;
        self.value(value)
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result {
        self.next()?;
        self.json.key(key)?;
        self.value(value)
    }

    fn close(self) -> Result {
        self.json.level -= 1;
        if !self.is_empty {
            self.json.line(true)?;
        }
        self.json.out.write_all(self.end)?;
        if self.of_variant { self.json.end_variant() } else { Ok(()) }
    }
}

/// What holds elements without names.
macro_rules! elements {
    ($($trait:ident: $method:ident,)*) => {
        $(impl<W: Write> ser::$trait for Nested<'_, '_, W> {
            type Ok = ();
            type Error = Failure;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.element(value)
            }

            fn end(self) -> Result {
                self.close()
            }
        })*
    };
}

elements! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

/// What holds fields.
macro_rules! fields {
    ($($trait:ident,)*) => {
        $(impl<W: Write> ser::$trait for Nested<'_, '_, W> {
            type Ok = ();
            type Error = Failure;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
                self.field(key, value)
            }

            fn end(self) -> Result {
                self.close()
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant, }

impl<W: Write> ser::SerializeMap for Nested<'_, '_, W> {
    type Ok = ();
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.next()?;
        key.serialize(Key(&mut *self.json))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.value(value)
    }

    fn end(self) -> Result {
        self.close()
    }
}
