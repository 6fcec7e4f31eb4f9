//! A provider that tells more than it was asked: whose account it was, her card, her name, what she is worth. A shop must not keep
//! any of it. The fault `chatty` puts these words into every object of an answer and of a notice, and behind every sentence of a
//! refusal.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Map, Value};

use crate::{FaultKind, Faults};

/// Largest answer that is talked into; those of the sandbox are far smaller.
const LARGEST: usize = 8 * 1024 * 1024;

/// What is told, by the name under which providers tell it. Made up, and found nowhere else.
pub const TOLD: [(&str, &str); 9] = [
    ("consumerIban", "NL13TEST0123456789"),
    ("consumer_name", "Kwibus van Zandvoort"),
    ("payer_email", "kwibus.zandvoort@voorbeeld.test"),
    ("cardNumber", "5454545454540017"),
    ("last_digits", "kaart-eindigt-op-0017"),
    ("credit_score", "score-847-kwibus"),
    ("date_of_birth", "1970-07-10-kwibus"),
    ("phone", "+31612340017"),
    ("street_address", "Kwibuslaan 99"),
];

/// The keys under which the providers put sentences for people.
const SENTENCES: [&str; 5] = ["errorMessage", "consumerMessage", "error_messages", "message", "description"];

/// Puts the words into every object of a JSON value. Fields that are there keep their value, but for the sentences.
pub(crate) fn stuff(value: &mut Value) {
    match value {
        Value::Object(fields) => stuff_object(fields),
        Value::Array(items) => items.iter_mut().for_each(stuff),
        _ => {}
    }
}

fn stuff_object(fields: &mut Map<String, Value>) {
    for (name, field) in fields.iter_mut() {
        if SENTENCES.contains(&name.as_str()) {
            talk(field);
        }
        stuff(field);
    }
    for (name, text) in TOLD {
        fields.entry(name).or_insert_with(|| Value::from(text));
    }
}

fn talk(sentence: &mut Value) {
    match sentence {
        Value::String(text) => {
            for (_, told) in TOLD {
                text.push(' ');
                text.push_str(told);
            }
        }
        Value::Array(sentences) => sentences.iter_mut().for_each(talk),
        _ => {}
    }
}

/// Stuffs the answers of the providers' APIs while the fault is on.
pub(crate) async fn in_answers(State(faults): State<Faults>, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    let is_json = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_json || !faults.take(FaultKind::Chatty) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else { return Response::from_parts(head, Body::empty()) };
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    stuff(&mut value);
    let stuffed = value.to_string();
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(stuffed.len()));
    Response::from_parts(head, Body::from(stuffed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_object_tells_too_much_and_what_was_asked_stays() {
        let mut answer = json!({ "id": 1, "error_messages": ["no"], "transactions": [{ "status": "SUCCESS" }] });

        stuff(&mut answer);

        assert_eq!(answer["id"], 1);
        assert_eq!(answer["transactions"][0]["status"], "SUCCESS");
        assert_eq!(answer["transactions"][0]["consumerIban"], "NL13TEST0123456789");
        assert!(answer["error_messages"][0].as_str().unwrap().starts_with("no NL13TEST0123456789 Kwibus"));
    }
}
