//! What an import did, or why it did nothing, in words for the owner.

use std::fmt;

/// A remark about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Row as a spreadsheet counts; `None` when it is about the whole file.
    pub row: Option<usize>,
    /// Handle of the product; empty when there is none.
    pub handle: String,
    /// What is the matter, and what to do.
    pub text: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(out, "rij {row}")?;
            if self.handle.is_empty() {
                write!(out, ": ")?;
            } else {
                write!(out, ", {}: ", self.handle)?;
            }
        }
        out.write_str(&self.text)
    }
}

/// What is collected while reading.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub faults: Vec<Remark>,
    pub notes: Vec<Remark>,
}

impl Remarks {
    /// Something that must be put right first: nothing will be imported.
    pub fn fault(&mut self, row: usize, handle: &str, text: impl Into<String>) {
        self.faults.push(Remark { row: Some(row), handle: handle.to_owned(), text: text.into() });
    }

    /// Something to know. The same sentence about the same product is said once.
    pub fn note(&mut self, row: usize, handle: &str, text: impl Into<String>) {
        let text = text.into();
        if !self.notes.iter().any(|note| note.handle == handle && note.text == text) {
            self.notes.push(Remark { row: Some(row), handle: handle.to_owned(), text });
        }
    }

    /// Something to know about the whole file.
    pub fn general(&mut self, text: impl Into<String>) {
        self.notes.push(Remark { row: None, handle: String::new(), text: text.into() });
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Nothing was written because that was asked.
    pub dry_run: bool,
    /// Rows read, without the header.
    pub rows: usize,
    /// Products in the file; a product in three colours counts as three.
    pub products: usize,
    /// Sizes in the file.
    pub sizes: usize,
    /// Slugs of products that are new in the shop.
    pub new: Vec<String>,
    /// Slugs of products that changed.
    pub changed: Vec<String>,
    /// Products that were the same already.
    pub unchanged: usize,
    /// Products that only got another place in the list.
    pub moved: usize,
    /// Products of the shop that are not in the file; they stay as they are.
    pub absent: usize,
    /// Sizes whose stock was set.
    pub stock_set: usize,
    /// Sizes whose stock differs from the file and was left alone.
    pub stock_left: usize,
    /// Pictures whose files were made.
    pub pictures_made: usize,
    /// Pictures for the home page in the folder.
    pub decor: usize,
    /// Columns that hold something and have no use here.
    pub unused_columns: Vec<String>,
    /// Why nothing was imported; empty when all went well.
    pub faults: Vec<Remark>,
    /// What the owner should know.
    pub notes: Vec<Remark>,
}

impl Report {
    /// Whether the file was refused as a whole.
    pub fn is_refused(&self) -> bool {
        !self.faults.is_empty()
    }

    /// How many products have a fault.
    pub fn faulty(&self) -> usize {
        let mut handles: Vec<&str> = self.faults.iter().map(|fault| fault.handle.as_str()).collect();
        handles.sort_unstable();
        handles.dedup();
        handles.len()
    }

    /// The exit code of the command: 0, or 1 when the file was refused.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.is_refused())
    }

    /// Whether anything was, or in a dry run would be, written.
    pub fn has_changes(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty() || self.moved > 0 || self.stock_set > 0
    }

    fn outcome(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (past, stock) = if self.dry_run { ("zou veranderen", "zou tellen") } else { ("veranderd", "geteld") };
        writeln!(out, "Nieuw: {}, {past}: {}, hetzelfde: {}.", self.new.len(), self.changed.len(), self.unchanged)?;
        if self.moved > 0 {
            writeln!(
                out,
                "{} kregen alleen een andere plaats in de lijst.",
                count(self.moved, "product", "producten")
            )?;
        }
        if self.absent > 0 {
            let absent = count(self.absent, "product", "producten");
            writeln!(out, "Niet in dit bestand: {absent}. Daar is niets aan veranderd.")?;
        }
        if self.stock_set > 0 {
            writeln!(out, "Voorraad {stock}: {}.", count(self.stock_set, "maat", "maten"))?;
        }
        if self.stock_left > 0 {
            let left = count(self.stock_left, "bestaande maat", "bestaande maten");
            writeln!(
                out,
                "Bij {left} staat in het bestand een andere voorraad dan in de winkel. Die heb ik niet aangepast; met --stock neem ik de aantallen uit het bestand over."
            )?;
        }
        if self.pictures_made > 0 {
            writeln!(out, "Foto's klaargezet: {}.", self.pictures_made)?;
        }
        if self.decor > 0 {
            writeln!(out, "Beelden voor de voorpagina: {}.", self.decor)?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = count(self.rows, "rij", "rijen");
        let (products, sizes) = (count(self.products, "product", "producten"), count(self.sizes, "maat", "maten"));
        writeln!(out, "Gelezen: {read}, {products}, {sizes}.")?;
        if self.is_refused() {
            let (faults, faulty) =
                (count(self.faults.len(), "fout", "fouten"), count(self.faulty(), "product", "producten"));
            writeln!(out, "Er is niets geïmporteerd: {faults} bij {faulty}. Zet dit eerst recht:")?;
            for fault in &self.faults {
                writeln!(out, "  {fault}")?;
            }
        } else {
            if self.dry_run {
                writeln!(out, "Dit is een proef: er is niets veranderd.")?;
            }
            self.outcome(out)?;
        }
        if !self.notes.is_empty() {
            writeln!(out, "Goed om te weten:")?;
            for note in &self.notes {
                writeln!(out, "  {note}")?;
            }
        }
        if !self.unused_columns.is_empty() {
            writeln!(out, "Kolommen die de winkel niet gebruikt: {}.", self.unused_columns.join(", "))?;
        }
        Ok(())
    }
}

fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_row_handle_and_reason() {
        let mut remarks = Remarks::default();
        remarks.fault(4, "jurk", "De prijs ontbreekt.");
        let report = Report { rows: 3, products: 2, sizes: 2, faults: remarks.faults, ..Report::default() };

        assert_eq!(
            report.to_string(),
            "Gelezen: 3 rijen, 2 producten, 2 maten.\nEr is niets geïmporteerd: 1 fout bij 1 product. Zet dit eerst recht:\n  rij 4, jurk: De prijs ontbreekt.\n"
        );
        assert_eq!(report.exit_code(), 1);
    }
}
