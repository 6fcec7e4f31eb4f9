//! The bag in the browser: what the server last said, with changes shown at once and taken back when they are refused.
//! Nothing of it is in the HTML of the server, so anonymous pages are the same for everyone.

use super::notice::{Notices, ToastAction, use_notices};
use super::tabs;
use crate::api::account::who;
use crate::api::cart::{CartLine, CartView, add_to_cart, cart, change_quantity};
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shop_core::money::Money;

/// A line that was taken out and can be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Removed {
    line: CartLine,
    place: usize,
}

/// The bag of this visitor. `Copy`; get it with [`use_cart`].
#[derive(Debug, Clone, Copy)]
pub struct CartState {
    /// What is in it, changes that are still on their way included; `None` until it was asked.
    pub view: RwSignal<Option<CartView>>,
    /// Pieces, for the header; 0 until known.
    pub pieces: RwSignal<u32>,
    /// Whether she is signed in; false until known.
    pub signed_in: RwSignal<bool>,
    /// Whether the drawer is open.
    pub open: RwSignal<bool>,
    /// Whether a change is on its way.
    pub busy: RwSignal<bool>,
    /// Why the last change was refused, as a sentence; the bag shows it above the lines.
    pub error: RwSignal<Option<String>>,
    confirmed: StoredValue<Option<CartView>>,
    waiting: StoredValue<Vec<(String, u32)>>,
    removed: StoredValue<Option<Removed>>,
    notices: Notices,
}

impl CartState {
    /// Makes the bag and hands it to everything below. [`Notices`] must be there first.
    pub fn provide() -> Self {
        let state = Self {
            view: RwSignal::new(None),
            pieces: RwSignal::new(0),
            signed_in: RwSignal::new(false),
            open: RwSignal::new(false),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            confirmed: StoredValue::new(None),
            waiting: StoredValue::new(Vec::new()),
            removed: StoredValue::new(None),
            notices: use_notices(),
        };
        provide_context(state);
        state
    }

    /// Asks once who this is, when the browser has a session, and listens to other tabs. In the browser only.
    pub fn start(self) {
        self.ask_who();
        tabs::listen(move || {
            self.ask_who();
            if self.view.with_untracked(Option::is_some) {
                self.refresh();
            }
        });
    }

    fn ask_who(self) {
        if !tabs::has_session() {
            return;
        }
        spawn_local(async move {
            // No answer leaves the header as the server sent it.
            if let Ok(who) = who().await {
                self.pieces.set(who.pieces);
                self.signed_in.set(who.signed_in);
            }
        });
    }

    /// Takes over a cart that a page already loaded.
    pub fn accept(self, view: CartView) {
        self.pieces.set(view.pieces);
        self.confirmed.set_value(Some(view.clone()));
        self.view.set(Some(view));
    }

    /// Asks the server for the bag again.
    pub fn refresh(self) {
        spawn_local(async move {
            match cart().await {
                Ok(view) if !self.busy.get_untracked() => self.accept(view),
                Ok(_) => {}
                Err(error) => self.error.set(Some(text::shop_error(&error.0))),
            }
        });
    }

    /// Puts one piece of a size in. `done` hears whether it worked; a refusal comes as a sentence.
    pub fn add(self, variant: String, done: impl FnOnce(Result<(), String>) + 'static) {
        spawn_local(async move {
            match add_to_cart(variant, 1, String::new()).await {
                Ok(view) => {
                    self.error.set(None);
                    self.accept(view);
                    tabs::tell();
                    done(Ok(()));
                }
                Err(error) => done(Err(text::shop_error(&error.0))),
            }
        });
    }

    /// Makes it `quantity` pieces of a size, at once on screen; zero removes the line and offers to put it back.
    /// Refused: the bag is as it was, and [`Self::error`] says why.
    pub fn change(self, variant: &str, quantity: u32) {
        if quantity == 0 {
            self.remove(variant);
            return;
        }
        self.show(|lines| {
            if let Some(line) = lines.iter_mut().find(|line| line.variant == variant) {
                line.quantity = quantity;
                line.total = line.unit.times(quantity).unwrap_or(line.total);
            }
        });
        self.send(variant.to_owned(), quantity);
    }

    /// Takes a line out and offers to put it back.
    pub fn remove(self, variant: &str) {
        let mut removed = None;
        self.show(|lines| {
            if let Some(place) = lines.iter().position(|line| line.variant == variant) {
                removed = Some(Removed { line: lines.remove(place), place });
            }
        });
        if let Some(removed) = removed {
            self.notices.show(text::removed(&removed.line.title), Some(ToastAction::Undo));
            self.removed.set_value(Some(removed));
            self.send(variant.to_owned(), 0);
        }
    }

    /// Puts the line back that was removed last.
    pub fn undo(self) {
        let Some(Removed { line, place }) = self.removed.try_update_value(Option::take).flatten() else { return };
        let (variant, quantity) = (line.variant.clone(), line.quantity);
        self.notices.say(text::put_back(&line.title));
        self.show(|lines| lines.insert(place.min(lines.len()), line));
        self.send(variant, quantity);
    }

    /// Shows a change before the server knows of it. Discount, delivery and VAT follow with the answer.
    fn show(self, change: impl FnOnce(&mut Vec<CartLine>)) {
        self.error.set(None);
        self.view.update(|view| {
            let Some(view) = view else { return };
            change(&mut view.lines);
            view.pieces = view.lines.iter().map(|line| line.quantity).sum();
            view.goods = Money::sum(view.lines.iter().map(|line| line.total)).unwrap_or(view.goods);
            view.discount = view.discount.min(view.goods);
            let to_pay = view.goods.minus(view.discount).and_then(|goods| goods.plus(view.shipping));
            view.total = to_pay.unwrap_or(view.total);
            self.pieces.set(view.pieces);
        });
    }

    /// One change at a time travels, so answers cannot overtake each other; of one size only the last wish is sent.
    fn send(self, variant: String, quantity: u32) {
        self.waiting.update_value(|waiting| {
            waiting.retain(|(other, _)| *other != variant);
            waiting.push((variant, quantity));
        });
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            while let Some((variant, quantity)) = self.next_wish() {
                match change_quantity(variant, quantity).await {
                    Ok(view) => {
                        self.confirmed.set_value(Some(view.clone()));
                        if self.waiting.with_value(Vec::is_empty) {
                            self.accept(view);
                        }
                    }
                    Err(error) => self.take_back(text::shop_error(&error.0)),
                }
            }
            self.busy.set(false);
            tabs::tell();
        });
    }

    fn next_wish(self) -> Option<(String, u32)> {
        self.waiting
            .try_update_value(|waiting| if waiting.is_empty() { None } else { Some(waiting.remove(0)) })
            .flatten()
    }

    fn take_back(self, reason: String) {
        self.waiting.set_value(Vec::new());
        self.notices.toast.set(None);
        self.notices.say(reason.clone());
        self.error.set(Some(reason));
        if let Some(before) = self.confirmed.get_value() {
            self.accept(before);
        } else {
            self.refresh();
        }
    }
}

/// The bag of this visitor.
pub fn use_cart() -> CartState {
    expect_context()
}
