//! `ShopError` on the wire. The same value reaches the browser, where `text` turns it into a sentence.

use serde::{Deserialize, Serialize};
use server_fn::codec::PostcardEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use shop_core::ShopError;

/// What a server function answers when it did not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError(pub ShopError);

impl From<ShopError> for ApiError {
    fn from(error: ShopError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = PostcardEncoding;

    /// The network or the protocol failed. In the browser the usual reason is that there is no connection; on the server it is mostly a
    /// call that cannot be read. What is wrong with it is not logged: it may quote what somebody typed.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        if let ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) =
            error
        {
            tracing::info!("a call to a server function cannot be read");
            return super::server::refuse(ShopError::Malformed);
        }
        #[cfg(feature = "ssr")]
        tracing::warn!(%error, "server function protocol");
        let _ = error;
        Self(ShopError::Unavailable { reference: String::new() })
    }

    fn status_code(&self) -> http::StatusCode {
        status_of(&self.0)
    }
}

/// The only place where a shop error becomes an HTTP status.
pub fn status_of(error: &ShopError) -> http::StatusCode {
    use http::StatusCode as S;
    match error {
        ShopError::NotFound => S::NOT_FOUND,
        ShopError::Malformed => S::BAD_REQUEST,
        ShopError::SignInNeeded => S::UNAUTHORIZED,
        ShopError::Forbidden => S::FORBIDDEN,
        ShopError::TooManyTries => S::TOO_MANY_REQUESTS,
        ShopError::Unavailable { .. } => S::SERVICE_UNAVAILABLE,
        ShopError::Fields(_)
        | ShopError::Cart(_)
        | ShopError::Discount(_)
        | ShopError::EmptyCart
        | ShopError::PriceChanged
        | ShopError::HoldLost
        | ShopError::NoDelivery
        | ShopError::PaymentUnavailable
        | ShopError::NoInvoice(_)
        | ShopError::Conflict
        | ShopError::TooManyUnpaid
        | ShopError::TooLate => S::CONFLICT,
    }
}
