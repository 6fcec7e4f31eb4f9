//! Who sits at the desk, and how it answers: a page, or a redirect with a sentence for the next page.

use super::Office;
use axum::extract::FromRequestParts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::{HeaderMap, SET_COOKIE};
use http::request::Parts;
use shop_app::manage::{Frame, Notice, layout, paths, words};
use shop_core::ShopError;
use shop_flows::manage::Member;
use shop_flows::{Shop, Visitor};

/// A member at her desk. Extracting it is the permission check: everybody else is sent to the door.
pub(super) struct Desk {
    pub(super) office: Office,
    pub(super) visitor: Visitor,
    pub(super) member: Member,
}

impl FromRequestParts<Office> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Self, Response> {
        let visitor = office.visitor(&parts.headers).await.map_err(|error| office.refused(&error))?;
        let member = office.shop.member(&visitor).await.map_err(|error| office.refused(&error))?;
        Ok(Self { office: office.clone(), visitor, member })
    }
}

impl Office {
    /// The visitor behind a request.
    pub(super) async fn visitor(&self, headers: &HeaderMap) -> Result<Visitor, ShopError> {
        self.shop.visitor(self.cookie.session(headers)).await
    }

    /// The style sheet.
    pub(super) fn css(&self) -> &str {
        &self.assets.beheer_css
    }

    /// Adds the cookie of a new session.
    pub(super) fn with_cookie(&self, visitor: &Visitor, mut response: Response) -> Response {
        for line in visitor.new_cookie.iter().flat_map(|cookie| self.cookie.set(cookie)) {
            response.headers_mut().append(SET_COOKIE, line);
        }
        response
    }

    fn refused(&self, error: &ShopError) -> Response {
        if matches!(error, ShopError::SignInNeeded | ShopError::Forbidden) {
            return Redirect::to(paths::SIGN_IN).into_response();
        }
        let body = layout::message(false, words::trouble(error));
        (StatusCode::SERVICE_UNAVAILABLE, Html(layout::alone(self.css(), "Dit lukte niet", body))).into_response()
    }
}

impl Desk {
    /// The shop.
    pub(super) const fn shop(&self) -> &Shop {
        &self.office.shop
    }

    /// Shows a page, with what the last form had to say.
    pub(super) async fn show(self, page: impl FnOnce(Frame) -> String + Send) -> Response {
        self.show_as(StatusCode::OK, page).await
    }

    /// The same with another status.
    pub(super) async fn show_as(mut self, status: StatusCode, page: impl FnOnce(Frame) -> String + Send) -> Response {
        let left = match self.office.shop.take_flash(&mut self.visitor).await {
            Ok(left) => left,
            Err(error) => {
                // The page itself can still be shown.
                tracing::warn!(?error, "the sentence of the last form is lost");
                None
            }
        };
        let frame = Frame {
            css: self.office.css().to_owned(),
            member: self.member.name().to_owned(),
            notice: left.as_deref().and_then(read),
        };
        let response = (status, Html(page(frame))).into_response();
        self.office.with_cookie(&self.visitor, response)
    }

    /// After a form that worked: to the next page, with a sentence.
    pub(super) async fn done(self, to: &str, text: &str) -> Response {
        self.leave(to, true, text).await
    }

    /// After a form that did not: back, with the reason. What is not there is a page of its own.
    pub(super) async fn failed(self, to: &str, error: &ShopError) -> Response {
        match error {
            ShopError::NotFound => self.not_found().await,
            ShopError::SignInNeeded => self.office.refused(error),
            other => self.leave(to, false, &words::trouble(other)).await,
        }
    }

    /// What could not be shown at all.
    pub(super) async fn troubled(self, error: &ShopError) -> Response {
        if *error == ShopError::NotFound {
            return self.not_found().await;
        }
        let text = words::trouble(error);
        self.show_as(StatusCode::SERVICE_UNAVAILABLE, move |frame| layout::trouble(frame, "Dit lukte niet", text)).await
    }

    /// There is no such page.
    pub(super) async fn not_found(self) -> Response {
        let text = "Deze pagina is er niet. Misschien is het adres veranderd.".to_owned();
        self.show_as(StatusCode::NOT_FOUND, move |frame| layout::trouble(frame, "Niet gevonden", text)).await
    }

    async fn leave(mut self, to: &str, is_good: bool, text: &str) -> Response {
        if let Err(error) = self.office.shop.set_flash(&mut self.visitor, Some(written(is_good, text))).await {
            // What was asked has happened; only the sentence about it is lost.
            tracing::warn!(?error, "a sentence for the next page is lost");
        }
        self.office.with_cookie(&self.visitor, Redirect::to(to).into_response())
    }
}

const GOOD: &str = "beheer+";
const BAD: &str = "beheer-";

fn written(is_good: bool, text: &str) -> String {
    [if is_good { GOOD } else { BAD }, text].concat()
}

/// A sentence of ours; what the pages of the shop left for themselves is none.
fn read(flash: &str) -> Option<Notice> {
    let good = flash.strip_prefix(GOOD).map(|text| (true, text));
    let (is_good, text) = good.or_else(|| flash.strip_prefix(BAD).map(|text| (false, text)))?;
    Some(Notice { is_good, text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_reads_back_and_those_of_the_shop_are_left_alone() {
        assert_eq!(read(&written(true, "Bewaard.")), Some(Notice { is_good: true, text: "Bewaard.".to_owned() }));
        assert_eq!(
            read(&written(false, "Niet bewaard.")),
            Some(Notice { is_good: false, text: "Niet bewaard.".to_owned() })
        );
        assert_eq!(read("{\"toast\":1}"), None);
    }
}
