//! JSON whose texts may be secrets.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

use super::Secret;

/// A JSON value whose every text is a [`Secret`].
///
/// Read it with `serde_json`, and show no error of that as it is: its words may quote a value. Its line
/// and column do not.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "sandbox"),
    expect(dead_code, reason = "the sandbox reads flags, numbers and lists")
)]
pub enum Value {
    Null,
    Flag(bool),
    /// A whole number that is not negative.
    Number(u64),
    Text(Secret),
    /// The members of an object in their order; a name that stands twice is here twice.
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
    /// Any other number.
    Other,
}

impl Value {
    /// The member of an object; of several with that name the last.
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(Secret::copied(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = entries.next_entry()? {
            members.push(member);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn every_kind_of_value_is_told_apart_and_no_text_is_shown() {
        let text = r#"{"a": null, "b": true, "c": 7, "d": "CANARY", "e": {"f": "CANARY"}, "g": [1, "CANARY"], "h": -1.5, "a": 1}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        let text = "Text(Secret(<redacted>))";
        assert_eq!(
            format!("{value:?}"),
            format!(
                r#"Object([("a", Null), ("b", Flag(true)), ("c", Number(7)), ("d", {text}), ("e", Object([("f", {text})])), ("g", List([Number(1), {text}])), ("h", Other), ("a", Number(1))])"#
            )
        );
    }
}
