//! Français : des mots simples, des phrases courtes, le vouvoiement.

use super::PageWord;
use wire::Word;

/// Le texte de `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "Fermer",
        Word::Open => "Ouvrir la discussion",
        Word::Conversation => "Fil de la discussion",
        Word::YourQuestion => "Votre question",
        Word::TypeHere => "Votre question…",
        Word::Send => "Envoyer",
        Word::You => "Vous",
        Word::Assistant => "Assistant automatique",
        Word::Agency => "Le service en ligne",
        Word::Staff => "Conseiller",
        Word::Answering => "Réponse en cours…",
        Word::Stop => "Arrêter la réponse",
        Word::CutShort => "La réponse s’est arrêtée avant la fin.",
        Word::Waiting => "En attente d’envoi",
        Word::NotSent => "Message non envoyé.",
        Word::ReadOn => "Lire la suite",
        Word::TryAgain => "Réessayer",
        Word::Reconnecting => "Connexion perdue, nouvelle tentative…",
        Word::BackOnline => "La connexion est rétablie.",
        Word::TooLong => {
            "one:Il y a {} caractère de trop. Raccourcissez puis renvoyez.|\
             other:Il y a {} caractères de trop. Raccourcissez puis renvoyez."
        }
        Word::TooFast => "C’est un peu rapide. Patientez un instant.",
        Word::TooMuch => {
            "Nous ne pouvons pas recevoir plus de messages pour l’instant. Ce que vous avez écrit est conservé et partira plus tard ; si c’est urgent, appelez-nous."
        }
        Word::Reload => "Cette page n’est plus à jour. Rechargez-la pour continuer.",
        Word::Broken => "Un problème est survenu de notre côté. Réessayez dans quelques minutes.",
        Word::CantShow => "Cet élément ne peut pas encore s’afficher ici.",
        Word::Papers => "Documents à fournir",
        Word::Steps => "Étapes à suivre",
        Word::Fee => "Tarif",
        Word::Time => "Délai",
        Word::Place => "Lieu",
        Word::Legal => "Textes de référence",
        Word::Phone => "Téléphone",
        Word::Email => "Courriel",
        Word::Address => "Adresse",
        Word::Hours => "Horaires d’ouverture",
        Word::ReachUs => "Nous joindre directement",
        Word::NewWindow => "(nouvelle fenêtre)",
        Word::NewMessages => "Nouveaux messages",
        Word::Language => "Langue",
        Word::ShowReply => "Afficher la réponse",
        Word::SoftwareNote => "Un logiciel vous répond. En cas de doute, demandez à un conseiller.",
        Word::Says => "{} répond :",
        Word::OpenAsPage => "Ouvrir en pleine page",
        Word::CantLoad => "La discussion n’a pas pu s’afficher ici.",
        Word::StartOver => "Recommencer",
        Word::Choices => "Suggestions de réponse",
        Word::Loading => "Chargement…",
        Word::Expired => "Votre discussion précédente a expiré. En voici une nouvelle.",
        Word::NoSite => "Aucune discussion à cette adresse. Vérifiez le lien.",
        Word::NotHere => "Ce site n’est pas autorisé à afficher la discussion.",
        Word::Unread => "one:{} message non lu|other:{} messages non lus",
        Word::StartOverNote => "Effacer cette discussion et recommencer ?",
        Word::Cancel => "La garder",
        Word::Lang => "fr",
        Word::Display => "Affichage et langue",
        Word::Larger => "Texte plus grand",
        Word::Smaller => "Texte plus petit",
        Word::Plain => "Affichage simplifié",
        Word::ReadAloud => "Lire à voix haute",
        Word::StopReading => "Arrêter la lecture",
        Word::Speak => "Dicter votre question",
        Word::Listening => "Je vous écoute, parlez…",
        Word::OtherQuestion => "Poser une autre question",
        Word::Earlier => "Voir les messages précédents",
        Word::Source => "Origine",
        Word::Save => "Enregistrer la discussion",
        Word::Important => "Information importante",
        Word::PersonalFound => "Votre message semble contenir : {}.",
        Word::PersonalAsk => "Si ce n’est pas nécessaire, masquez-le avant l’envoi.",
        Word::PersonalRefused => "Pour votre sécurité, cette messagerie ne l’accepte pas.",
        Word::HideAndSend => "Masquer et envoyer",
        Word::SendAsIs => "Envoyer tel quel",
        Word::Edit => "Modifier",
        Word::PersonalData => "des données personnelles",
        Word::CitizenId => "un numéro d’identité de citoyen",
        Word::OldId => "un numéro de carte d’identité",
        Word::Insurance => "un numéro d’assurance",
        Word::TaxCode => "un numéro fiscal",
        Word::Passport => "un numéro de passeport",
        Word::Plate => "une plaque d’immatriculation",
        Word::PhoneNumber => "un numéro de téléphone",
        Word::EmailAddress => "une adresse électronique",
        Word::CardNumber => "un numéro de carte bancaire",
        Word::SwitchedOff => {
            "Cette messagerie est suspendue pour le moment. Merci de nous contacter directement."
        }
        Word::Elsewhere => "Continuer sur un autre appareil",
        Word::DoItHere => "Faire cette démarche ici",
        Word::AddPapers => "Ajouter des pièces",
        Word::Helpful => "Cette réponse vous a-t-elle aidé ?",
        Word::Yes => "Oui",
        Word::No => "Non",
        Word::WhyNot => "Qu’est-ce qui n’allait pas ?",
        Word::IsWrong => "Elle est fausse",
        Word::IsUnclear => "Elle n’est pas claire",
        Word::IsIncomplete => "Il manque quelque chose",
        Word::IsOther => "Autre chose",
        Word::OwnWords => "Dites-le avec vos mots (facultatif)",
        Word::Skip => "Passer",
        Word::Thanks => "Merci de votre avis.",
        Word::EndChat => "Terminer la conversation",
        Word::HowWasIt => "Êtes-vous satisfait de cette conversation ?",
        Word::Score1 => "Pas du tout satisfait",
        Word::Score2 => "Peu satisfait",
        Word::Score3 => "Ni l’un ni l’autre",
        Word::Score4 => "Satisfait",
        Word::Score5 => "Très satisfait",
        Word::SendAndEnd => "Envoyer et terminer",
        Word::EndOnly => "Terminer sans noter",
        Word::Ended => "La conversation est terminée et n’est plus sur cet appareil.",
        Word::Locate => "Envoyer ma position",
        Word::Locating => "Recherche de votre position…",
        Word::NotLocated => "Position introuvable. Veuillez saisir l’adresse.",
        Word::OrAddress => "Ou saisissez une adresse",
        Word::MyLocation => "Ma position : {}",
        Word::Attach => "Joindre un fichier",
        Word::Detach => "Retirer",
        Word::Uploading => "Envoi en cours…",
        Word::FileTooLarge => "Ce fichier est trop lourd. La limite est de {}.",
        Word::FileKind => "Ce type de fichier n’est pas accepté. Acceptés : {}.",
        Word::FilesFull => "Cette conversation ne peut plus recevoir de fichiers.",
        Word::FileLost => "Le fichier n’a pas pu être envoyé.",
        Word::Download => "Télécharger",
        Word::File => "Fichier",
        Word::Read => "Vu",
        Word::AccountNumber => "un numéro de compte bancaire",
        Word::OneTimeCode => "un code à usage unique ou un code secret",
        Word::NeverAsked => {
            "Aucune administration ne demande un tel code. Qui vous le demande est très probablement un escroc."
        }
        Word::EraseChat => "Supprimer cette discussion",
        Word::ErasedChat => "Votre discussion précédente a été supprimée. En voici une nouvelle.",
    }
}

/// Le texte de `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "Retour à la conversation",
        PageWord::ElsewhereHow => {
            "Visez cette image avec l’appareil photo de l’autre appareil, ou ouvrez le lien ci-dessous."
        }
        PageWord::ElsewhereType => "Ou allez sur {} et saisissez le code :",
        PageWord::ElsewhereOnce => {
            "Le code sert une seule fois, dans les 10 minutes. Il donne accès à toute la conversation : gardez-le pour vous."
        }
        PageWord::ContinueHere => "Continuer ici",
        PageWord::Code => "Code",
        PageWord::CodeHint => "10 lettres et chiffres, affichés sur l’autre appareil.",
        PageWord::CodeRefused => {
            "Ce code n’ouvre aucune conversation. Un code sert une seule fois, dans les 10 minutes. Demandez-en un nouveau sur l’autre appareil."
        }
        PageWord::Next => "Continuer",
        PageWord::Before => "Retour",
        PageWord::StepOf => "Étape {} sur {}",
        PageWord::LeftFree => "facultatif",
        PageWord::Day => "Jour",
        PageWord::Month => "Mois",
        PageWord::Year => "Année",
        PageWord::Yes => "Oui",
        PageWord::No => "Non",
        PageWord::Problem => "Un point est à corriger",
        PageWord::WrongMark => "Erreur",
        PageWord::Missing => "Veuillez répondre à cette question.",
        PageWord::TooShort => "Utilisez au moins {} caractères.",
        PageWord::TooLong => "Utilisez au plus {} caractères.",
        PageWord::NoNumber => "Écrivez un nombre entier, par exemple 12.",
        PageWord::TooLittle => "Ce nombre doit être au moins {}.",
        PageWord::TooMuch => "Ce nombre doit être au plus {}.",
        PageWord::NoDate => {
            "Cette date n’existe pas. Indiquez le jour, le mois et l’année, par exemple 27 3 2024."
        }
        PageWord::InFuture => "Cette date est dans le futur. Vérifiez-la.",
        PageWord::InPast => "Cette date est passée. Vérifiez-la.",
        PageWord::NoPhone => "Ce n’est pas un numéro de téléphone. Par exemple : 0912 345 678.",
        PageWord::NoNationalId => "Un numéro d’identité a 12 chiffres, imprimés sur la carte. Vérifiez-le.",
        PageWord::YearAlone => "Si le jour et le mois sont inconnus, indiquez seulement l’année.",
        PageWord::MonthAlone => "Si le jour est inconnu, indiquez le mois et l’année.",
        PageWord::NoPartDate => "Cette date n’existe pas. Vérifiez-la.",
        PageWord::NoPassport => "Un numéro de passeport a 6 à 9 lettres et chiffres, par exemple C1234567.",
        PageWord::NoCitizenOrPassport => {
            "Un numéro d’identité a 12 chiffres, un numéro de passeport 6 à 9 lettres et chiffres. Vérifiez-le."
        }
        PageWord::NoEmail => "Ce n’est pas une adresse électronique. Par exemple : nom@example.com.",
        PageWord::NotAgreed => "Cochez cette case pour continuer.",
        PageWord::Otherwise => "Écrivez-le comme indiqué.",
        PageWord::Review => "Vérifiez vos réponses",
        PageWord::Change => "Modifier",
        PageWord::LeftOut => "Non renseigné",
        PageWord::HandIn => "Envoyer la demande",
        PageWord::HandInNote => "Vos réponses sont envoyées à {}. Elles sont conservées chiffrées.",
        PageWord::KeptHere => "Vos réponses sont gardées ici jusqu’à l’envoi ou la suppression.",
        PageWord::DeleteForm => "Supprimer ce formulaire",
        PageWord::Deleted => "Le formulaire a été supprimé",
        PageWord::Sent => "Demande envoyée",
        PageWord::CaseNumber => "Numéro de la demande",
        PageWord::Recipient => "Destinataire",
        PageWord::SentAt => "Envoyée le",
        PageWord::Promised => "Résultat prévu le",
        PageWord::ReceiptNote => {
            "Gardez ce numéro. Avec lui et les 4 derniers chiffres du numéro ci-dessous, vous pourrez suivre la demande à tout moment."
        }
        PageWord::Print => "Imprimer le récépissé",
        PageWord::LookUp => "Suivre une demande",
        PageWord::LookUpGo => "Rechercher",
        PageWord::Fact => "4 derniers chiffres du téléphone ou de la pièce d’identité indiqués",
        PageWord::NotFound => {
            "Aucune demande ne correspond à ce numéro et à ces 4 chiffres. Vérifiez les deux."
        }
        PageWord::CaseState => "État",
        PageWord::Sending => "En route vers l’administration",
        PageWord::Received => "Reçue par l’administration",
        PageWord::NeedsPapers => "Pièces complémentaires demandées",
        PageWord::Done => "Le résultat est prêt",
        PageWord::Declined => "Refusée",
        PageWord::ChangedAt => "Mise à jour le",
        PageWord::AgencyNote => "Message de l’administration",
        PageWord::WantedPapers => "Pièces à fournir",
        PageWord::WantedUntil => "À fournir avant le",
        PageWord::AddedPapers => "Pièces envoyées",
        PageWord::AddedAt => "Pièces ajoutées le",
        PageWord::SendPapers => "Envoyer les pièces",
        PageWord::NotAskedFor => "Aucune pièce complémentaire n’est demandée pour ce dossier actuellement.",
        PageWord::FileHint => "Formats acceptés : {}. {} maximum par fichier.",
        PageWord::MostFiles => "Vous pouvez envoyer {} fichiers au plus.",
        PageWord::NoFile => "Choisissez un fichier.",
        PageWord::AddFile => "Envoyer et ajouter un autre fichier",
        PageWord::SentFiles => "Fichiers envoyés par l’organisme",
        PageWord::Appointment => "Rendez-vous",
        PageWord::MeetAt => "Lieu",
        PageWord::AddToCalendar => "Ajouter à l’agenda",
        PageWord::TellHere => "M’avertir sur cet appareil s’il y a du nouveau",
        PageWord::WillTell => "Cet appareil vous avertira s’il y a du nouveau.",
        PageWord::Unsent => {
            "L’envoi n’a pas encore abouti : la connexion est coupée ou le système est occupé. Ce que vous avez rempli est toujours là, et la page l’enverra de nouveau d’elle-même."
        }
        PageWord::SendNow => "Envoyer maintenant",
        PageWord::FilesAgain => "La page a été rechargée : veuillez choisir vos fichiers de nouveau.",
        PageWord::TellNoMore => "Ne plus m’avertir sur cet appareil",
        PageWord::TellForbidden => {
            "Le navigateur bloque les notifications de cette page. Pour en recevoir, autorisez-les pour cette page dans les réglages du navigateur."
        }
        PageWord::News => "Il y a du nouveau dans votre conversation.",
        PageWord::EraseWhat => "Sont supprimés aussitôt, sur cet appareil et sur le serveur :",
        PageWord::EraseMessages => "Messages des deux côtés : {}",
        PageWord::EraseFiles => "Fichiers envoyés : {}",
        PageWord::EraseRest => {
            "Les avis, les formulaires commencés, les notes du personnel et ce que cet appareil a gardé"
        }
        PageWord::EraseDevices => "Les notifications sur vos appareils",
        PageWord::EraseForever => "C’est définitif.",
        PageWord::EraseCases => {
            "Les demandes déjà envoyées restent à l’administration et peuvent être suivies comme avant :"
        }
        PageWord::EraseAgency => {
            "Ce que le système de l’administration a déjà reçu est conservé par elle. Pour l’y faire supprimer, contactez-la."
        }
        PageWord::EraseBackups => {
            "Les sauvegardes du serveur sont gardées {} jours au plus, puis disparaissent."
        }
        PageWord::EraseBackupsSome => {
            "Les sauvegardes du serveur sont gardées quelque temps ; l’administration peut dire combien."
        }
        PageWord::ErasePerson => "Le conseiller qui vous aide verra que la discussion a été supprimée.",
        PageWord::EraseGo => "Supprimer définitivement",
        PageWord::CopyFirst => "Avant cela, vous pouvez enregistrer une copie de tout ce qui est gardé ici.",
        PageWord::CopyRead => "Enregistrer une copie à lire",
        PageWord::CopyJson => "Enregistrer une copie pour un logiciel (JSON)",
        PageWord::Erased => "Supprimée",
        PageWord::ErasedNow => "La discussion a été supprimée de cet appareil et du serveur.",
        PageWord::ErasedNothing => "Rien de vous n’est plus gardé ici.",
        PageWord::NewChat => "Commencer une nouvelle discussion",
        PageWord::EraseWaits => {
            "Pas encore supprimée : la connexion est coupée. Un nouvel essai suivra ; gardez cette page ouverte."
        }
        PageWord::CopyTitle => "Copie de la discussion",
        PageWord::CopyRest => "Autres données conservées ici",
    }
}
