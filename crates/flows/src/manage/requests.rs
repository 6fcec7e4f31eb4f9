//! The desk for requests about personal data (AVG art. 12): entered from any channel, answered in time, with a trail of who did what.

use super::Member;
use crate::Shop;
use crate::ports::Step;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::address::one_line;
use shop_core::id::RequestId;
use shop_core::privacy::request::{Channel, Closed, Outcome, Request, RequestKind};
use shop_core::time::Day;

/// Requests of one kind on the page.
const MOST: u32 = 100;
/// Letters of an answer, a reason or what a request is about.
const LONGEST: usize = 8000;
/// A request is not entered longer after it came in.
const OLDEST_DAYS: i64 = 366;

/// A field of the forms of this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestField {
    /// What is asked.
    Kind,
    /// How it came in.
    Channel,
    /// Who asks.
    Name,
    /// Where the answer goes.
    Contact,
    /// What exactly.
    About,
    /// The day on which it came in.
    Received,
    /// Why it takes longer.
    Reason,
    /// What came of it.
    Outcome,
    /// The answer.
    Answer,
}

/// What could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskError<F> {
    /// These fields are to be looked at again.
    Fields(Vec<F>),
    /// Something else.
    Shop(ShopError),
}

impl<F> From<ShopError> for DeskError<F> {
    fn from(error: ShopError) -> Self {
        Self::Shop(error)
    }
}

/// The form for a new request, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedRequest {
    /// What is asked, by name.
    pub kind: String,
    /// How it came in, by name.
    pub channel: String,
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub contact: String,
    /// What exactly; may be empty.
    pub about: String,
    /// `2026-11-27`.
    pub received: String,
}

/// The desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestsPage {
    /// Today, for the lights.
    pub today: Day,
    /// Open, the most urgent first.
    pub open: Vec<Request>,
    /// Done, the last one first.
    pub closed: Vec<Request>,
}

/// A request with its trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFile {
    /// Today.
    pub today: Day,
    /// The request.
    pub request: Request,
    /// Who did what, first one first.
    pub steps: Vec<Step>,
}

impl Shop {
    /// All requests.
    pub async fn requests(&self, _: &Member) -> Result<RequestsPage, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let mut open = tx.requests(true, MOST).await.trouble()?;
        open.sort_by_key(|request| request.deadline().last_day().number());
        let closed = tx.requests(false, MOST).await.trouble()?;
        Ok(RequestsPage { today: self.clock.day(self.clock.now()), open, closed })
    }

    /// One request.
    pub async fn request_file(&self, _: &Member, id: RequestId) -> Result<RequestFile, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let request = tx.request(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let steps = tx.request_steps(id).await.trouble()?;
        Ok(RequestFile { today: self.clock.day(self.clock.now()), request, steps })
    }

    /// Enters a request that came in by any way. The clock runs from the day on which it came in, not from now.
    pub async fn enter_request(
        &self,
        member: &Member,
        typed: &TypedRequest,
    ) -> Result<RequestId, DeskError<RequestField>> {
        let now = self.clock.now();
        let request = understand(typed, RequestId::new(self.random.id()), self.clock.day(now));
        let request = request.map_err(DeskError::Fields)?;
        let mut tx = self.store.begin().await.trouble()?;
        tx.insert_request(&request).await.trouble()?;
        tx.add_request_step(request.id, &member.step("entered", now)).await.trouble()?;
        tx.audit(&member.did("request.enter", &request.id.to_string(), "", now)).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(request.id)
    }

    /// Takes two months more, with a reason that she was told: once, and only while the first month runs (art. 12(3)). `TooLate` otherwise.
    pub async fn extend_request(
        &self,
        member: &Member,
        id: RequestId,
        reason: &str,
    ) -> Result<(), DeskError<RequestField>> {
        let reason = text(reason).ok_or_else(|| DeskError::Fields(vec![RequestField::Reason]))?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut request = tx.request(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        if request.closed.is_some() || !request.deadline().may_extend(self.clock.day(now)) {
            return Err(ShopError::TooLate.into());
        }
        request.extension = Some(reason);
        tx.save_request(&mut request).await.trouble()?;
        tx.add_request_step(id, &member.step("extended", now)).await.trouble()?;
        tx.audit(&member.did("request.extend", &id.to_string(), "", now)).await.trouble()?;
        Ok(tx.commit().await.trouble()?)
    }

    /// Closes a request with what came of it and what was answered. A refusal gets the words that the law wants in it. `TooLate` when it was
    /// closed before.
    pub async fn close_request(
        &self,
        member: &Member,
        id: RequestId,
        outcome: &str,
        answer: &str,
    ) -> Result<(), DeskError<RequestField>> {
        let (outcome, answer) = (Outcome::parse(outcome), text(answer));
        let (Some(outcome), Some(answer)) = (outcome, answer.clone()) else {
            let mut wrong = Vec::new();
            wrong.extend(outcome.is_none().then_some(RequestField::Outcome));
            wrong.extend(answer.is_none().then_some(RequestField::Answer));
            return Err(DeskError::Fields(wrong));
        };
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut request = tx.request(id).await.trouble()?.ok_or(ShopError::NotFound)?;
        if request.closed.is_some() {
            return Err(ShopError::TooLate.into());
        }
        request.closed = Some(Closed { at: now, outcome, answer: outcome.complete(&answer) });
        tx.save_request(&mut request).await.trouble()?;
        tx.add_request_step(id, &member.step("closed", now)).await.trouble()?;
        tx.audit(&member.did("request.close", &id.to_string(), outcome.name(), now)).await.trouble()?;
        Ok(tx.commit().await.trouble()?)
    }
}

/// What is not empty and not too long, without the marks that no text needs.
pub(super) fn text(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let fits = !typed.is_empty() && typed.chars().count() <= LONGEST;
    fits.then(|| typed.chars().filter(|c| !c.is_control() || *c == '\n').collect())
}

fn understand(typed: &TypedRequest, id: RequestId, today: Day) -> Result<Request, Vec<RequestField>> {
    let mut wrong = Vec::new();
    let kind = RequestKind::parse(&typed.kind);
    wrong.extend(kind.is_none().then_some(RequestField::Kind));
    let channel = Channel::parse(&typed.channel);
    wrong.extend(channel.is_none().then_some(RequestField::Channel));
    let name = one_line(&typed.name, 120);
    wrong.extend(name.is_none().then_some(RequestField::Name));
    let contact = one_line(&typed.contact, 200);
    wrong.extend(contact.is_none().then_some(RequestField::Contact));
    let about = if typed.about.trim().is_empty() { Some(String::new()) } else { text(&typed.about) };
    wrong.extend(about.is_none().then_some(RequestField::About));
    let received =
        Day::parse(typed.received.trim()).filter(|day| (0..=OLDEST_DAYS).contains(&(today.number() - day.number())));
    wrong.extend(received.is_none().then_some(RequestField::Received));
    let (Some(kind), Some(channel), Some(name), Some(contact), Some(about), Some(received)) =
        (kind, channel, name, contact, about, received)
    else {
        return Err(wrong);
    };
    Ok(Request { id, kind, channel, name, contact, about, received, extension: None, closed: None, version: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day { year: 2026, month: 11, day: 27 };

    fn typed() -> TypedRequest {
        let text = str::to_owned;
        TypedRequest {
            kind: text("access"),
            channel: text("letter"),
            name: text("Eva Bakker"),
            contact: text("Wittem 1, Almelo"),
            about: String::new(),
            received: text("2026-11-20"),
        }
    }

    fn read(typed: &TypedRequest) -> Result<Request, Vec<RequestField>> {
        understand(typed, RequestId::new(Default::default()), TODAY)
    }

    #[test]
    fn a_request_is_read_with_the_day_on_which_it_came_in() {
        let request = read(&typed()).expect("complete");

        assert_eq!((request.kind, request.channel), (RequestKind::Access, Channel::Letter));
        assert_eq!(request.deadline().last_day().iso(), "2026-12-21", "20 December is a Sunday");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = TypedRequest { received: "2026-11-28".to_owned(), ..TypedRequest::default() };

        let named = [
            RequestField::Kind,
            RequestField::Channel,
            RequestField::Name,
            RequestField::Contact,
            RequestField::Received,
        ];
        assert_eq!(read(&wrong), Err(named.to_vec()));
    }
}
