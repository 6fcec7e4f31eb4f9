//! Data of a page: loaded on the server before the page is sent, handed to the browser in the page, loaded again when what is asked
//! for changes. Postcard keeps it small and JSON out of the browser.
//!
//! On the server every page has its own type. In the browser they share one, so that the machinery of resources is in the module
//! once and not once for every page; only unpacking differs.

use super::ApiError;
use std::future::Future;

/// What a page asks for: the varying parts of its address; empty where there are fewer.
pub type Asked = [String; 2];

#[cfg(feature = "ssr")]
pub use typed::{Loaded, load};

#[cfg(not(feature = "ssr"))]
pub use packed::{Loaded, load};

#[cfg(feature = "ssr")]
mod typed {
    use super::{ApiError, Asked, Future};
    use crate::api::words::in_page;
    use codee::binary::PostcardCodec;
    use codee::{Decoder, Encoder};
    use leptos::prelude::*;

    /// Postcard, without the HTML that stands in the page.
    pub struct BesideHtml;

    impl<T: serde::Serialize> Encoder<T> for BesideHtml {
        type Error = <PostcardCodec as Encoder<T>>::Error;
        type Encoded = <PostcardCodec as Encoder<T>>::Encoded;

        fn encode(value: &T) -> Result<Self::Encoded, Self::Error> {
            in_page(|| PostcardCodec::encode(value))
        }
    }

    impl<T: serde::de::DeserializeOwned> Decoder<T> for BesideHtml {
        type Error = <PostcardCodec as Decoder<T>>::Error;
        type Encoded = <PostcardCodec as Decoder<T>>::Encoded;

        fn decode(bytes: &Self::Encoded) -> Result<T, Self::Error> {
            PostcardCodec::decode(bytes)
        }
    }

    /// See the module.
    pub type Loaded<T> = Resource<Result<T, ApiError>, BesideHtml>;

    /// Loads the data of a page.
    pub fn load<T, Fut>(
        asked: impl Fn() -> Asked + Send + Sync + 'static,
        fetch: impl Fn(Asked) -> Fut + Send + Sync + 'static,
    ) -> Loaded<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
        Fut: Future<Output = Result<T, ApiError>> + Send + 'static,
    {
        Resource::new_with_options(asked, fetch, true)
    }
}

#[cfg(not(feature = "ssr"))]
mod packed {
    use super::{ApiError, Asked, Future};
    use codee::binary::PostcardCodec;
    use codee::{Decoder, Encoder};
    use leptos::prelude::*;
    use std::any::Any;
    use std::convert::Infallible;
    use std::future::IntoFuture;
    use std::marker::PhantomData;
    use std::pin::Pin;
    use std::sync::Arc;

    /// What a page got, whatever its type.
    #[derive(Clone)]
    enum Packed {
        /// As it stood in the page.
        Written(Arc<[u8]>),
        /// As it was fetched later: a `Result<T, ApiError>`.
        Fetched(Arc<dyn Any + Send + Sync>),
    }

    /// Keeps the bytes as they came; nothing is ever written in the browser.
    struct AsItCame;

    impl Encoder<Packed> for AsItCame {
        type Error = Infallible;
        type Encoded = Vec<u8>;

        fn encode(_: &Packed) -> Result<Vec<u8>, Infallible> {
            Ok(Vec::new())
        }
    }

    impl Decoder<Packed> for AsItCame {
        type Error = ();
        type Encoded = [u8];

        fn decode(bytes: &[u8]) -> Result<Packed, ()> {
            // The server could not write it down: it is fetched.
            if bytes.is_empty() { Err(()) } else { Ok(Packed::Written(bytes.into())) }
        }
    }

    type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

    /// See the module.
    pub struct Loaded<T> {
        data: Resource<Packed, AsItCame>,
        of: PhantomData<fn() -> T>,
    }

    impl<T> Clone for Loaded<T> {
        fn clone(&self) -> Self {
            *self
        }
    }

    impl<T> Copy for Loaded<T> {}

    impl<T> IntoFuture for Loaded<T>
    where
        T: serde::de::DeserializeOwned + Clone + Send + Sync + 'static,
    {
        type Output = Result<T, ApiError>;
        type IntoFuture = Later<Self::Output>;

        fn into_future(self) -> Self::IntoFuture {
            let data = self.data.into_future();
            Box::pin(async move { unpacked(&data.await) })
        }
    }

    fn unpacked<T>(packed: &Packed) -> Result<T, ApiError>
    where
        T: serde::de::DeserializeOwned + Clone + Send + Sync + 'static,
    {
        let known: Option<Result<T, ApiError>> = match packed {
            Packed::Written(bytes) => PostcardCodec::decode(bytes).ok(),
            Packed::Fetched(value) => value.downcast_ref().cloned(),
        };
        // Server and browser of one build always understand each other.
        known.unwrap_or_else(|| Err(ApiError(shop_core::ShopError::Unavailable { reference: String::new() })))
    }

    /// Loads the data of a page.
    pub fn load<T, Fut>(
        asked: impl Fn() -> Asked + Send + Sync + 'static,
        fetch: impl Fn(Asked) -> Fut + Send + Sync + 'static,
    ) -> Loaded<T>
    where
        T: Send + Sync + 'static,
        Fut: Future<Output = Result<T, ApiError>> + Send + 'static,
    {
        let fetch = move |asked: Asked| -> Later<Packed> {
            let answer = fetch(asked);
            Box::pin(async move { Packed::Fetched(Arc::new(answer.await)) })
        };
        Loaded { data: resource(Box::new(asked), Box::new(fetch)), of: PhantomData }
    }

    type Ask = Box<dyn Fn() -> Asked + Send + Sync>;
    type Fetch = Box<dyn Fn(Asked) -> Later<Packed> + Send + Sync>;

    fn resource(asked: Ask, fetch: Fetch) -> Resource<Packed, AsItCame> {
        Resource::new_with_options(asked, fetch, true)
    }
}
