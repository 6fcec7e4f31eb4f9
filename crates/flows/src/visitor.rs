//! Who asks: a browser with or without a session. A visitor who only looks has none, and none is made for her.

use crate::Shop;
use crate::ports::{Session, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::id::CustomerId;
use shop_core::order::OrderNumber;
use shop_core::time::Seconds;

/// Who asks.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// Her session, when she has one.
    pub session: Option<Session>,
    /// The cookie to set, when the session is new or was renewed in this request.
    pub new_cookie: Option<String>,
}

/// A session lasts this long without use; a cart lasts as long (market rule C5: 30 days or more).
pub const SESSION_LENGTH: Seconds = Seconds::days(60);
const COOKIE_PURPOSE: &str = "session";

impl Visitor {
    /// Signed in as.
    pub fn customer(&self) -> Option<CustomerId> {
        self.session.as_ref().and_then(|session| session.customer)
    }

    /// Whether this browser placed or opened that order.
    pub fn knows_order(&self, number: &OrderNumber) -> bool {
        self.session.as_ref().is_some_and(|session| session.orders.contains(number))
    }
}

impl Shop {
    /// The visitor behind a cookie. An unknown, old or malformed cookie is a fresh visitor.
    pub async fn visitor(&self, cookie: Option<&str>) -> Result<Visitor, ShopError> {
        let Some(token) = cookie.filter(|text| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())) else {
            return Ok(Visitor::default());
        };
        let now = self.clock.now();
        let hash = self.secrets.hash(COOKIE_PURPOSE, token.as_bytes());
        let mut tx = self.store.read().await.trouble()?;
        let session = tx.session(&hash, now).await.trouble()?;
        drop(tx);
        if session.as_ref().is_none_or(|session| now.since(session.seen_at) <= Seconds::hours(1)) {
            return Ok(Visitor { session, new_cookie: None });
        }
        // Read again inside the change: what another tab did or ended meanwhile must not be undone.
        let mut tx = self.store.begin().await.trouble()?;
        let Some(mut session) = tx.session(&hash, now).await.trouble()? else { return Ok(Visitor::default()) };
        session.seen_at = now;
        session.expires_at = now.plus(SESSION_LENGTH);
        tx.save_session(&session).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(Visitor { session: Some(session), new_cookie: Some(token.to_owned()) })
    }

    /// The session of a visitor, made now when she has none yet.
    pub async fn session<'a>(&self, visitor: &'a mut Visitor) -> Result<&'a mut Session, ShopError> {
        if visitor.session.is_none() {
            let (session, cookie) = self.new_session();
            let mut tx = self.store.begin().await.trouble()?;
            tx.save_session(&session).await.trouble()?;
            tx.commit().await.trouble()?;
            visitor.session = Some(session);
            visitor.new_cookie = Some(cookie);
        }
        visitor.session.as_mut().ok_or(ShopError::NotFound)
    }

    /// The session of a visitor as it is stored at this moment. What she came with was read at the start of the request: another
    /// tab may have changed it since. `None` when she has none, or when it was ended meanwhile.
    pub(crate) async fn stored_session(
        &self,
        tx: &mut dyn Tx,
        visitor: &Visitor,
    ) -> Result<Option<Session>, ShopError> {
        match &visitor.session {
            Some(session) => tx.session(&session.hash, self.clock.now()).await.trouble(),
            None => Ok(None),
        }
    }

    /// Changes the session of a visitor, making one when she has none. `Conflict` when it was ended meanwhile: nothing may bring
    /// a session back that was signed out.
    pub(crate) async fn change_session(
        &self,
        visitor: &mut Visitor,
        change: impl FnOnce(&mut Session) + Send,
    ) -> Result<(), ShopError> {
        self.session(visitor).await?;
        let mut tx = self.store.begin().await.trouble()?;
        let mut session = self.stored_session(&mut *tx, visitor).await?.ok_or(ShopError::Conflict)?;
        change(&mut session);
        tx.save_session(&session).await.trouble()?;
        tx.commit().await.trouble()?;
        visitor.session = Some(session);
        Ok(())
    }

    /// A new id for the session of a visitor, changed in the same step: at sign-in and sign-out, so that an id known before is
    /// worth nothing after.
    pub(crate) async fn renew_session(
        &self,
        visitor: &mut Visitor,
        change: impl FnOnce(&mut Session) + Send,
    ) -> Result<(), ShopError> {
        let (mut fresh, cookie) = self.new_session();
        let mut tx = self.store.begin().await.trouble()?;
        if let Some(old) = self.stored_session(&mut *tx, visitor).await? {
            tx.end_session(&old.hash).await.trouble()?;
            // The dashboard ends some hours after its own sign-in, whatever the shopper in the same browser does.
            let created_at = if old.staff.is_some() { old.created_at } else { fresh.created_at };
            fresh =
                Session { hash: fresh.hash, created_at, seen_at: fresh.seen_at, expires_at: fresh.expires_at, ..old };
        }
        change(&mut fresh);
        tx.save_session(&fresh).await.trouble()?;
        tx.commit().await.trouble()?;
        visitor.session = Some(fresh);
        visitor.new_cookie = Some(cookie);
        Ok(())
    }

    /// Leaves something for the next page: a sentence, or a form with its mistakes, as text that only the page layer reads.
    pub async fn set_flash(&self, visitor: &mut Visitor, flash: Option<String>) -> Result<(), ShopError> {
        if flash.is_none() && visitor.session.as_ref().is_none_or(|session| session.flash.is_none()) {
            return Ok(());
        }
        self.change_session(visitor, |session| session.flash = flash).await
    }

    /// What was left for this page; it is gone afterwards.
    pub async fn take_flash(&self, visitor: &mut Visitor) -> Result<Option<String>, ShopError> {
        let flash = visitor.session.as_ref().and_then(|session| session.flash.clone());
        self.set_flash(visitor, None).await?;
        Ok(flash)
    }

    fn new_session(&self) -> (Session, String) {
        let now = self.clock.now();
        let cookie: String = self.random.token().iter().map(|byte| format!("{byte:02x}")).collect();
        let session = Session {
            hash: self.secrets.hash(COOKIE_PURPOSE, cookie.as_bytes()),
            cart: None,
            customer: None,
            staff: None,
            orders: Vec::new(),
            flash: None,
            created_at: now,
            seen_at: now,
            expires_at: now.plus(SESSION_LENGTH),
        };
        (session, cookie)
    }
}
