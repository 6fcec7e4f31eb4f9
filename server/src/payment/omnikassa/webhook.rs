//! What proves that a message came from the provider: HMAC-SHA512 over field values joined with commas.

use super::wire::{EVENT_NAME, Notification};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};
use shop_flows::ports::{About, Notice, NoticeError};

/// The dashboard shows the key with padding; people lose it while copying.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The signing key of the webshop. Prints nothing.
pub(super) struct SigningKey(Vec<u8>);

impl SigningKey {
    /// From the base64 text of the dashboard; `None` when it is no base64 or empty.
    pub(super) fn decode(base64: &str) -> Option<Self> {
        LENIENT.decode(base64.trim()).ok().filter(|bytes| !bytes.is_empty()).map(Self)
    }

    /// Whether `signature` (128 lower-case hex digits) is that of `message`. Takes the same time for every wrong one.
    pub(super) fn signed(&self, message: &str, signature: &str) -> bool {
        let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if signature.len() != 128 || !signature.bytes().all(lower_hex) {
            return false;
        }
        let Ok(signature) = hex::decode(signature) else { return false };
        let mut mac = Hmac::<Sha512>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(message.as_bytes());
        mac.verify_slice(&signature).is_ok()
    }
}

/// The notice in a webhook's body, when the provider signed it.
pub(super) fn read_notice(key: &SigningKey, body: &[u8]) -> Result<Notice, NoticeError> {
    let notification: Notification = serde_json::from_slice(body).map_err(|_| NoticeError::Malformed)?;
    let Notification { authentication, expiry, event_name, poi_id, signature } = &notification;
    if !key.signed(&format!("{authentication},{expiry},{event_name},{poi_id}"), signature) {
        return Err(NoticeError::Forged);
    }
    // Signed, but not of the one kind that this address is for; or a token that fits in no header.
    if event_name != EVENT_NAME
        || authentication.is_empty()
        || !authentication.bytes().all(|byte| byte.is_ascii_graphic())
    {
        return Err(NoticeError::Malformed);
    }
    Ok(Notice {
        key: hex::encode(Sha256::digest(authentication.as_bytes())),
        about: About::Results(authentication.clone()),
    })
}

/// The order reference in the parameters of the browser's return, when the provider signed them. A parameter that is
/// there twice proves nothing.
pub(super) fn read_return(key: &SigningKey, query: &[(String, String)]) -> Option<String> {
    let order_id = only(query, "order_id")?;
    let status = only(query, "status")?;
    let signature = only(query, "signature")?;
    let status_is_a_word =
        (1..=20).contains(&status.len()) && status.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if !is_reference(order_id) || !status_is_a_word {
        return None;
    }
    key.signed(&format!("{order_id},{status}"), signature).then(|| order_id.to_owned())
}

/// Whether a text can be a merchant order id: 1 to 24 letters and digits.
pub(super) fn is_reference(text: &str) -> bool {
    (1..=24).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn only<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let value = values.next()?;
    values.next().is_none().then_some(value)
}
