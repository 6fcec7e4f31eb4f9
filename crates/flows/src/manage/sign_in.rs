//! Signing in to the dashboard: the password first, then a code of the second factor. Between the two she is nobody: what she
//! holds is a signed, short-lived ticket in a form field, never a session.

use super::knock::{CODE, PASSWORD};
use super::{Knock, Member};
use crate::ports::{GuardError, Session, Staff};
use crate::trouble::{Trouble, unavailable};
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::email::EmailAddress;
use shop_core::id::StaffId;
use shop_core::time::{Seconds, Timestamp};

/// A session of the dashboard ends after this long without use.
const IDLE: Seconds = Seconds::hours(12);
/// It ends this long after signing in in any case. `seen_at` is renewed by every page of the shop, so a browser that is used for
/// shopping would otherwise stay in the dashboard for weeks.
const LONGEST: Seconds = Seconds::hours(12);
/// Time to look up the code.
const TICKET: Seconds = Seconds::minutes(5);
const TICKET_PURPOSE: &str = "staff-ticket";

/// Why she is not in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInError {
    /// Name, password or code is not right. Which one is not said.
    Wrong,
    /// Too many tries; wait.
    TooManyTries,
    /// It took too long: begin again with the password.
    TooLate,
    /// Our fault.
    Shop(ShopError),
}

impl From<ShopError> for SignInError {
    fn from(error: ShopError) -> Self {
        Self::Shop(error)
    }
}

impl From<GuardError> for SignInError {
    fn from(error: GuardError) -> Self {
        Self::Shop(unavailable(&error))
    }
}

/// The password was right; the code is still to come. Opens nothing by itself.
#[derive(Clone, PartialEq, Eq)]
pub struct HalfSigned {
    /// For the hidden field of the second form.
    pub ticket: String,
}

/// She is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub member: Member,
    /// For the browser to keep, so that it is known at the door next time.
    pub proof: String,
}

impl Shop {
    /// The member behind a visitor. `SignInNeeded` for everybody who has not proved both factors, or not lately.
    pub async fn member(&self, visitor: &Visitor) -> Result<Member, ShopError> {
        let session = visitor.session.as_ref().ok_or(ShopError::SignInNeeded)?;
        let id = session.staff.ok_or(ShopError::SignInNeeded)?;
        let now = self.clock.now();
        if now.since(session.seen_at) > IDLE || now.since(session.created_at) > LONGEST {
            return Err(ShopError::SignInNeeded);
        }
        let mut tx = self.store.read().await.trouble()?;
        let staff = tx.staff(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
        Ok(Member { id, name: staff.name })
    }

    /// First step: the password. An unknown name costs the same work and gives the same answer as a wrong password.
    pub async fn check_password(&self, knock: &Knock, name: &str, password: &str) -> Result<HalfSigned, SignInError> {
        let email = EmailAddress::parse(name).map_err(|_| SignInError::Wrong)?;
        let now = self.clock.now();
        let tallies = self.tallies(PASSWORD, &email, knock, now);
        self.guard.tries().begin(&tallies, now).map_err(|_| SignInError::TooManyTries)?;

        let mut tx = self.store.read().await.trouble()?;
        let staff = tx.staff_by_email(&email).await.trouble()?;
        drop(tx);
        let hash = staff.as_ref().and_then(|staff| staff.password_hash.as_deref());
        let right = self.guard.verify_password(password, hash).await?;
        match staff.filter(|staff| right && staff.totp_sealed.is_some()) {
            Some(staff) => {
                self.guard.tries().forget(&tallies);
                Ok(HalfSigned { ticket: self.ticket(&staff, now.plus(TICKET)) })
            }
            None => Err(SignInError::Wrong),
        }
    }

    /// Second step: the code. Each code works once; the session gets a new id.
    pub async fn check_code(
        &self,
        visitor: &mut Visitor,
        knock: &Knock,
        ticket: &str,
        code: &str,
    ) -> Result<SignedIn, SignInError> {
        let now = self.clock.now();
        let id = ticket.split('.').next().and_then(StaffId::parse).ok_or(SignInError::TooLate)?;
        let mut tx = self.store.begin().await.trouble()?;
        let mut staff = tx.staff(id).await.trouble()?.ok_or(SignInError::TooLate)?;
        if !self.ticket_is_good(ticket, &staff, now) {
            return Err(SignInError::TooLate);
        }
        let tallies = self.tallies(CODE, &staff.email, knock, now);
        self.guard.tries().begin(&tallies, now).map_err(|_| SignInError::TooManyTries)?;

        let sealed = staff.totp_sealed.as_deref().ok_or(SignInError::TooLate)?;
        let step = self.guard.check_totp(sealed, code, now).filter(|step| *step > staff.totp_last_step);
        staff.totp_last_step = step.ok_or(SignInError::Wrong)?;
        tx.save_staff(&staff).await.trouble()?;
        let member = Member { id, name: staff.name };
        tx.audit(&member.did("sign_in", "", "", now)).await.trouble()?;
        tx.commit().await.trouble()?;

        self.guard.tries().forget(&tallies);
        self.admit(visitor, &member).await?;
        Ok(SignedIn { proof: self.proof_of_browser(&staff.email, now), member })
    }

    /// Leaves the dashboard; the bag stays.
    pub async fn sign_out_member(&self, visitor: &mut Visitor) -> Result<(), ShopError> {
        self.renew_session(visitor, |session| session.staff = None).await
    }

    /// Opens the dashboard to a browser. Only after both factors were checked.
    pub(super) async fn admit(&self, visitor: &mut Visitor, member: &Member) -> Result<(), ShopError> {
        let now = self.clock.now();
        let admit = |session: &mut Session| {
            session.staff = Some(member.id);
            session.created_at = now;
        };
        self.renew_session(visitor, admit).await
    }

    fn ticket(&self, staff: &Staff, until: Timestamp) -> String {
        let open = format!("{}.{}", staff.id, until.seconds());
        // Signed over what a sign-in or a new password changes, so the ticket ends with either.
        let signed = format!("{open}.{}.{}", staff.totp_last_step, staff.password_hash.as_deref().unwrap_or(""));
        format!("{open}.{}", self.secrets.hash(TICKET_PURPOSE, signed.as_bytes()))
    }

    fn ticket_is_good(&self, ticket: &str, staff: &Staff, now: Timestamp) -> bool {
        let until = ticket.split('.').nth(1).and_then(|text| text.parse::<i64>().ok());
        until.is_some_and(|until| {
            let until = Timestamp::from_micros(until.saturating_mul(1_000_000));
            now < until && self.secrets.equal(ticket, &self.ticket(staff, until))
        })
    }
}
