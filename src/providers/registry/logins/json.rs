//! JSON that may be of any shape: what has the wrong type is as if it were not there.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::Place;
use crate::secret::Secret;

/// What is made of a JSON value; of the wrong type, the default.
pub(super) trait Shape: Default {
    fn of_text(_: &str) -> Self {
        Self::default()
    }

    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

/// Reads `bytes`. The words of a JSON error may quote a value: only its place is kept.
pub(super) fn read<T: Shape>(bytes: &[u8]) -> Result<T, Place> {
    let mut input = serde_json::Deserializer::from_slice(bytes);
    Any::deserialize(&mut input)
        .and_then(|Any(value)| input.end().map(|()| value))
        .map_err(|error| Place { line: error.line(), column: error.column() })
}

/// A text, if there is one.
#[derive(Default)]
pub(super) struct Text(pub(super) Option<Secret>);

impl Text {
    pub(super) fn as_str(&self) -> &str {
        self.0.as_ref().map_or("", Secret::expose)
    }
}

impl Shape for Text {
    fn of_text(text: &str) -> Self {
        Self(Some(Secret::copied(text)))
    }
}

/// The members of an object; of several with one name the last counts, as it does to docker.
pub(super) struct Members<T>(pub(super) BTreeMap<String, T>);

impl<T> Default for Members<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Shape> Shape for Members<T> {
    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            members.insert(name, map.next_value::<Any<T>>()?.0);
        }
        Ok(Self(members))
    }
}

/// A value of any type.
pub(super) struct Any<T>(pub(super) T);

impl<'de, T: Shape> Deserialize<'de> for Any<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(AnyVisitor(PhantomData)).map(Self)
    }
}

struct AnyVisitor<T>(PhantomData<T>);

impl<'de, T: Shape> Visitor<'de> for AnyVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::of_text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::of_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(T::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::default())
    }
}
