//! The account of the owner: made on the server's own command line, opened by a one-time link, closed again by choosing a
//! password and a second factor. A link for an account that exists replaces both, and ends its sessions.

use super::{Member, PasswordMistake, SignedIn, check_new_password};
use crate::ports::{NewTotp, Staff};
use crate::trouble::{Trouble, unavailable};
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::email::EmailAddress;
use shop_core::id::StaffId;
use shop_core::time::Seconds;

/// A link works this long.
const LINK: Seconds = Seconds::hours(24);
const WELCOME_PURPOSE: &str = "staff-welcome";
/// Another purpose, so that neither link can be used as the other.
const DEMO_PURPOSE: &str = "staff-demo";

/// What the welcome page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Her name.
    pub name: String,
    /// Her sign-in name.
    pub email: String,
    /// The second factor to set up.
    pub totp: NewTotp,
}

/// Why the account is not ready yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WelcomeError {
    /// What to look at again in the form.
    Form {
        /// What is wrong with the password.
        password: Option<PasswordMistake>,
        /// The code is not right.
        code: bool,
    },
    /// Anything else; `NotFound` when the link has ended.
    Shop(ShopError),
}

impl From<ShopError> for WelcomeError {
    fn from(error: ShopError) -> Self {
        Self::Shop(error)
    }
}

impl Shop {
    /// A one-time link token for the owner with that address: `/beheer/welkom/{token}`, for 24 hours. Makes the account when
    /// there is none. Whoever may run this command on the server may also set a new password, so nothing else is asked.
    pub async fn create_owner(&self, email: &EmailAddress, name: &str) -> Result<String, ShopError> {
        self.owner_link(email, name, WELCOME_PURPOSE).await
    }

    /// A one-time link token of the demo shop: `/beheer/demo/{token}` signs in at once. `None` outside the demo.
    pub async fn demo_owner_link(&self) -> Result<Option<String>, ShopError> {
        if !self.settings.demo {
            return Ok(None);
        }
        let email =
            EmailAddress::parse("demo@allgems.example").map_err(|_| unavailable(&"the address of the demo owner"))?;
        self.owner_link(&email, "Anna (demo)", DEMO_PURPOSE).await.map(Some)
    }

    /// Signs in to the demo shop without a password or second factor. Only in the demo and only for somebody at this very
    /// machine (`is_loopback`, which the caller takes from the connection, never from a header); `NotFound` otherwise.
    pub async fn enter_demo(&self, visitor: &mut Visitor, token: &str, is_loopback: bool) -> Result<Member, ShopError> {
        if !self.settings.demo || !is_loopback {
            return Err(ShopError::NotFound);
        }
        let now = self.clock.now();
        let hash = self.secrets.hash(DEMO_PURPOSE, token.as_bytes());
        let mut tx = self.store.begin().await.trouble()?;
        let id = tx.link(&hash, now).await.trouble()?.ok_or(ShopError::NotFound)?;
        let staff = tx.staff(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        tx.delete_link(&hash).await.trouble()?;
        let member = Member { id, name: staff.name };
        tx.audit(&member.did("sign_in.demo", "", "", now)).await.trouble()?;
        tx.commit().await.trouble()?;
        self.admit(visitor, &member).await?;
        Ok(member)
    }

    /// What the welcome page of a link shows; with `sealed` the second factor that it showed before. The link still works
    /// afterwards. `NotFound` when it has ended.
    pub async fn welcome(&self, token: &str, sealed: Option<&str>) -> Result<Welcome, ShopError> {
        let hash = self.secrets.hash(WELCOME_PURPOSE, token.as_bytes());
        let mut tx = self.store.read().await.trouble()?;
        let id = tx.link(&hash, self.clock.now()).await.trouble()?.ok_or(ShopError::NotFound)?;
        let staff = tx.staff(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let email = staff.email.as_str().to_owned();
        let shown = sealed.and_then(|sealed| self.guard.open_totp(&email, sealed));
        let totp = shown.unwrap_or_else(|| self.guard.new_totp(&email));
        Ok(Welcome { name: staff.name, email, totp })
    }

    /// Sets password and second factor, uses the link up, ends older sessions and signs in.
    pub async fn accept_welcome(
        &self,
        visitor: &mut Visitor,
        token: &str,
        password: &str,
        sealed: &str,
        code: &str,
    ) -> Result<SignedIn, WelcomeError> {
        let shown = self.welcome(token, Some(sealed)).await?;
        let now = self.clock.now();
        let mistake = check_new_password(password, &shown.email).err();
        let step = self.guard.check_totp(&shown.totp.sealed, code, now);
        let (None, Some(step)) = (mistake, step) else {
            return Err(WelcomeError::Form { password: mistake, code: step.is_none() });
        };
        let password_hash = self.guard.hash_password(password).await.map_err(|error| unavailable(&error))?;

        let hash = self.secrets.hash(WELCOME_PURPOSE, token.as_bytes());
        let mut tx = self.store.begin().await.trouble()?;
        // Asked again: the link may have been used meanwhile.
        let id = tx.link(&hash, now).await.trouble()?.ok_or(ShopError::NotFound)?;
        let mut staff = tx.staff(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        staff.password_hash = Some(password_hash);
        staff.totp_sealed = Some(shown.totp.sealed);
        staff.totp_last_step = step;
        tx.save_staff(&staff).await.trouble()?;
        tx.delete_link(&hash).await.trouble()?;
        tx.end_staff_sessions(id).await.trouble()?;
        let member = Member { id, name: staff.name };
        tx.audit(&member.did("owner.set_up", "", "", now)).await.trouble()?;
        tx.commit().await.trouble()?;
        self.admit(visitor, &member).await?;
        Ok(SignedIn { proof: self.proof_of_browser(&staff.email, now), member })
    }

    async fn owner_link(&self, email: &EmailAddress, name: &str, purpose: &str) -> Result<String, ShopError> {
        let now = self.clock.now();
        let token: String = self.random.token().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut tx = self.store.begin().await.trouble()?;
        let id = match tx.staff_by_email(email).await.trouble()? {
            Some(staff) => staff.id,
            None => {
                let id = StaffId::new(self.random.id());
                let staff = Staff {
                    id,
                    email: email.clone(),
                    name: name.to_owned(),
                    password_hash: None,
                    totp_sealed: None,
                    totp_last_step: 0,
                    created_at: now,
                };
                tx.save_staff(&staff).await.trouble()?;
                id
            }
        };
        tx.save_link(&self.secrets.hash(purpose, token.as_bytes()), id, now.plus(LINK)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(token)
    }
}
