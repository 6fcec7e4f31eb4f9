//! What the shop answers over HTTP to people who mean no good, or who only mistyped: the whole front door, on a database in a file.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

#[path = "web/browser.rs"]
mod browser;
#[path = "web/consent.rs"]
mod consent;
#[path = "web/door.rs"]
mod door;
#[path = "web/forms.rs"]
mod forms;
#[path = "web/functions.rs"]
mod functions;
#[path = "web/invoice.rs"]
mod invoice;
#[path = "web/links.rs"]
mod links;
#[path = "web/my_data.rs"]
mod my_data;
#[path = "web/newsletter.rs"]
mod newsletter;
#[path = "web/shelf.rs"]
mod shelf;
#[path = "web/slips.rs"]
mod slips;
#[expect(dead_code, reason = "shared with the claims about orders and money, which need more of it")]
#[path = "checkout/support.rs"]
mod support;
#[path = "web/webhooks.rs"]
mod webhooks;
