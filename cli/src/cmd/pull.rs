//! `hoi pull`

use crate::{edge::Edge, out::say};
use anyhow::{Context as _, bail};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};
use wire::desk::{GroupDecision, Wondered};

/// Bring what the desk has learnt into the site's folder: questions that visitors asked, as phrases of the intents they
/// were given to.
///
/// Nothing is published. Look at what changed (`git diff`), write the answers of new intents, then `hoi check`, `hoi score`
/// and `hoi publish`. Pulling again adds nothing twice.
#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds site.toml.
    site: PathBuf,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    edge: Edge,
}

/// Where intents go that are still to be written.
const NEW: &str = "intents/moi.toml";

#[derive(serde::Deserialize)]
struct Learned {
    question: Wondered,
    choice: GroupDecision,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let settings = fs::read_to_string(args.site.join("site.toml")).with_context(|| {
        format!("{} can't be read; name the folder that holds site.toml", args.site.display())
    })?;
    let settings: DocumentMut = settings.parse().context("site.toml is not TOML: `hoi check` says where")?;
    let Some(site) = settings.get("site").and_then(Item::as_str) else {
        bail!("site.toml has no `site`: `hoi check` says what to write");
    };
    let learned: Vec<Learned> = args.edge.get_json(&format!("/admin/sites/{site}/learned"))?;
    let mut folder = IntentFolder::read_folder(&args.site)?;
    let mut added = BTreeMap::<String, usize>::new();
    for Learned { question, choice } in learned {
        if let Some(what) = folder.teach_question(&question, &choice)? {
            *added.entry(what).or_default() += 1;
        }
    }
    if added.is_empty() {
        say!("{site}: nothing new was learnt since the last pull.");
        return Ok(());
    }
    for (what, count) in &added {
        say!("{count:>4}  {what}");
    }
    if args.dry_run {
        say!("\nnothing was written (--dry-run).");
        return Ok(());
    }
    folder.write_folder()?;
    let path = args.site.display();
    say!(
        "\nNow: `git diff {path}`, `hoi check {path}`, `hoi score {path}`, and when it is good `hoi publish {path}`."
    );
    Ok(())
}

/// The files with intents.
struct IntentFolder {
    root: PathBuf,
    files: BTreeMap<PathBuf, DocumentMut>,
}

impl IntentFolder {
    fn read_folder(root: &Path) -> anyhow::Result<IntentFolder> {
        let mut files = BTreeMap::new();
        let intents = root.join("intents");
        let entries =
            fs::read_dir(&intents).with_context(|| format!("{} can't be read", intents.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let text =
                    fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
                let file = text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
                files.insert(path, file);
            }
        }
        Ok(IntentFolder { root: root.to_owned(), files })
    }

    fn write_folder(&self) -> anyhow::Result<()> {
        for (path, file) in &self.files {
            fs::write(path, file.to_string())
                .with_context(|| format!("{} can't be written", path.display()))?;
        }
        Ok(())
    }

    /// Puts `question` where `choice` says; gives what that was, or nothing if it is there already.
    fn teach_question(
        &mut self,
        question: &Wondered,
        choice: &GroupDecision,
    ) -> anyhow::Result<Option<String>> {
        Ok(match choice {
            GroupDecision::Dismiss => None,
            GroupDecision::Intent(id) => match self.find_intent(|table| text_of(table, "id") == Some(id)) {
                Some(table) => add_phrase(table, question).then(|| format!("for {id}")),
                None => {
                    bail!("there is no intent \"{id}\" in this folder; is it the folder that was published?")
                }
            },
            GroupDecision::OutOfScope => {
                let table = self.tables_mut("out_of_scope").next();
                match table {
                    Some(table) => add_phrase(table, question),
                    None => add_phrase(self.append_table("out_of_scope")?, question),
                }
                .then(|| "out of scope".to_owned())
            }
            GroupDecision::New(title) => {
                let id = slug_of(title);
                let added = match self.find_intent(|table| text_of(table, "id") == Some(&id)) {
                    Some(table) => add_phrase(table, question),
                    None => {
                        let table = self.append_table("intent")?;
                        table.insert("id", toml_edit::value(&id));
                        table.insert("title", language_item(&question.lang, title.as_str().into()));
                        add_phrase(table, question)
                    }
                };
                added.then(|| format!("for a new intent {id}, which has no answer yet ({NEW})"))
            }
        })
    }

    fn tables_mut(&mut self, kind: &'static str) -> impl Iterator<Item = &mut Table> {
        let lists = self.files.values_mut().filter_map(move |file| file.get_mut(kind));
        lists.filter_map(Item::as_array_of_tables_mut).flat_map(ArrayOfTables::iter_mut)
    }

    fn find_intent(&mut self, is: impl Fn(&Table) -> bool) -> Option<&mut Table> {
        self.tables_mut("intent").find(|table| is(table))
    }

    /// A new table of this kind, in the file for what is new.
    fn append_table(&mut self, kind: &str) -> anyhow::Result<&mut Table> {
        let file = self.files.entry(self.root.join(NEW)).or_default();
        let list = file.entry(kind).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        let list =
            list.as_array_of_tables_mut().with_context(|| format!("[[{kind}]] in {NEW} is no list"))?;
        list.push(Table::new());
        list.iter_mut().last().context("what was pushed is there")
    }
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Item::as_str)
}

/// `lang = value`, written `key.lang = value`.
fn language_item(lang: &str, value: Value) -> Item {
    let mut table = Table::new();
    table.set_dotted(true);
    table.insert(lang, Item::Value(value));
    Item::Table(table)
}

/// Adds the question to the phrases of `table`; whether it was not there yet.
fn add_phrase(table: &mut Table, question: &Wondered) -> bool {
    let phrases =
        table.entry("phrases").or_insert_with(|| language_item(&question.lang, Array::new().into()));
    let Some(phrases) = phrases.as_table_like_mut() else { return false };
    let list = phrases.entry(&question.lang).or_insert(Item::Value(Array::new().into()));
    let Some(list) = list.as_array_mut() else { return false };
    let known =
        |each: &Value| each.as_str().is_some_and(|each| each.to_lowercase() == question.text.to_lowercase());
    if list.iter().any(known) {
        return false;
    }
    let comma = list.trailing_comma();
    let mut value = Value::from(question.text.as_str());
    value.decor_mut().set_prefix("\n  ");
    list.push_formatted(value);
    list.set_trailing_comma(comma || list.len() == 1);
    list.set_trailing("\n");
    list.set_trailing_comma(true);
    true
}

/// An id made of a title: letters without their marks, digits, `-`.
fn slug_of(title: &str) -> String {
    let words = intent::normalised_words(title);
    let plain: Vec<String> = words
        .iter()
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let mut id = plain.join("-");
    id.truncate(40);
    let id = id.trim_matches('-').to_owned();
    if id.is_empty() { "moi".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::desk::Why;

    fn question(text: &str) -> Wondered {
        let (why, nearest) = (Why::Unanswered, None);
        Wondered { n: 1, at: 0, lang: "vi".into(), text: text.into(), why, nearest }
    }

    fn folder() -> IntentFolder {
        let file = "# Of the ward.\n\n[[intent]]\nid = \"khai-sinh\"\ntitle.vi = \"Khai sinh\"\nphrases.vi = [\n  \"giấy khai sinh\", # as they say\n  \"gks\",\n]\nanswer.vi = \"…\"\n";
        let files = [(PathBuf::from("x/intents/a.toml"), file.parse().unwrap())].into();
        IntentFolder { root: "x".into(), files }
    }

    #[test]
    fn phrases_come_where_they_belong_and_comments_stay() {
        let mut folder = folder();
        let to = GroupDecision::Intent("khai-sinh".into());
        assert_eq!(
            folder.teach_question(&question("làm khai sanh"), &to).unwrap(),
            Some("for khai-sinh".into())
        );
        assert_eq!(folder.teach_question(&question("Làm khai sanh"), &to).unwrap(), None, "twice");
        let text = folder.files[Path::new("x/intents/a.toml")].to_string();
        assert!(text.contains("# Of the ward.") && text.contains("# as they say"), "{text}");
        assert!(text.contains("  \"gks\",\n  \"làm khai sanh\",\n]"), "{text}");
        assert!(folder.teach_question(&question("?"), &GroupDecision::Intent("khac".into())).is_err());
        assert_eq!(folder.teach_question(&question("?"), &GroupDecision::Dismiss).unwrap(), None);
    }

    #[test]
    fn new_intents_and_what_is_out_of_scope_get_a_file() {
        let mut folder = folder();
        let new = GroupDecision::New("Chó cắn, mèo cào".into());
        folder.teach_question(&question("chó cắn con tôi"), &new).unwrap();
        folder.teach_question(&question("bị mèo cào"), &new).unwrap();
        folder.teach_question(&question("giá vàng"), &GroupDecision::OutOfScope).unwrap();
        let text = folder.files[Path::new("x/intents/moi.toml")].to_string();
        let read: toml_edit::DocumentMut = text.parse().unwrap();
        assert_eq!(read["intent"][0]["id"].as_str(), Some("cho-can-meo-cao"), "{text}");
        assert_eq!(read["intent"][0]["phrases"]["vi"].as_array().map(Array::len), Some(2), "{text}");
        assert_eq!(read["out_of_scope"][0]["phrases"]["vi"][0].as_str(), Some("giá vàng"), "{text}");
    }
}
