//! Español: palabras sencillas, frases cortas, de usted.

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "Cerrar",
        Word::Open => "Abrir el chat",
        Word::Conversation => "Conversación",
        Word::YourQuestion => "Su pregunta",
        Word::TypeHere => "Su pregunta…",
        Word::Send => "Enviar",
        Word::You => "Usted",
        Word::Assistant => "Asistente automático",
        Word::Agency => "El sistema de la oficina",
        Word::Staff => "Personal de la oficina",
        Word::Answering => "Escribiendo la respuesta…",
        Word::Stop => "Detener la respuesta",
        Word::CutShort => "La respuesta se detuvo antes de terminar.",
        Word::Waiting => "Pendiente de envío",
        Word::NotSent => "No se ha enviado.",
        Word::ReadOn => "Seguir leyendo",
        Word::TryAgain => "Reintentar",
        Word::Reconnecting => "Se perdió la conexión, reconectando…",
        Word::BackOnline => "La conexión se ha restablecido.",
        Word::TooLong => {
            "\
             one:Sobra {} carácter. Acorte el texto y vuelva a enviarlo.|\
             other:Sobran {} caracteres. Acorte el texto y vuelva a enviarlo."
        }
        Word::TooFast => "Va un poco rápido. Espere un momento.",
        Word::TooMuch => {
            "Por ahora no podemos recibir más mensajes. Lo que ha escrito se guarda y se enviará más tarde; si es urgente, llámenos."
        }
        Word::Reload => "Esta página está desactualizada. Vuelva a cargarla para continuar.",
        Word::Broken => "Algo ha fallado por nuestra parte. Inténtelo de nuevo en unos minutos.",
        Word::CantShow => "Esta parte aún no se puede mostrar aquí.",
        Word::Papers => "Qué debe traer",
        Word::Steps => "Qué debe hacer",
        Word::Fee => "Tasa",
        Word::Time => "Plazo",
        Word::Place => "Lugar",
        Word::Legal => "Base legal",
        Word::Phone => "Teléfono",
        Word::Email => "Correo electrónico",
        Word::Address => "Dirección",
        Word::Hours => "Horario de atención",
        Word::ReachUs => "Contacto directo",
        Word::NewWindow => "(se abre en otra ventana)",
        Word::NewMessages => "Mensajes nuevos",
        Word::Language => "Idioma",
        Word::ShowReply => "Ver la respuesta",
        Word::SoftwareNote => "Aquí responde un programa. Si es importante, consulte con nuestro personal.",
        Word::Says => "{} responde:",
        Word::OpenAsPage => "Abrir en una página",
        Word::CantLoad => "No se pudo cargar el chat aquí.",
        Word::StartOver => "Empezar de nuevo",
        Word::Choices => "Sugerencias",
        Word::Loading => "Cargando…",
        Word::Expired => "Su conversación anterior ha caducado. Esta es nueva.",
        Word::NoSite => "No hay ningún chat en esta dirección. Compruebe el enlace.",
        Word::NotHere => "Este sitio web no tiene permiso para mostrar el chat.",
        Word::Unread => "one:{} mensaje sin leer|other:{} mensajes sin leer",
        Word::StartOverNote => "¿Borrar esta conversación y empezar de nuevo?",
        Word::Cancel => "Conservarla",
        Word::Lang => "es",
        Word::Display => "Pantalla e idioma",
        Word::Larger => "Texto más grande",
        Word::Smaller => "Texto más pequeño",
        Word::Plain => "Vista sencilla",
        Word::ReadAloud => "Leer en voz alta",
        Word::StopReading => "Dejar de leer",
        Word::Speak => "Decir la pregunta",
        Word::Listening => "Le escucho, hable…",
        Word::OtherQuestion => "Preguntar otra cosa",
        Word::Earlier => "Ver mensajes anteriores",
        Word::Source => "Fuente",
        Word::Save => "Guardar esta conversación",
        Word::Important => "Aviso importante",
        Word::PersonalFound => "Su mensaje parece contener: {}.",
        Word::PersonalAsk => "Si no hace falta, ocúltelo antes de enviarlo.",
        Word::PersonalRefused => "Por su seguridad, este chat no acepta ese dato.",
        Word::HideAndSend => "Ocultar y enviar",
        Word::SendAsIs => "Enviar tal cual",
        Word::Edit => "Corregir",
        Word::PersonalData => "datos personales",
        Word::CitizenId => "un número de identidad ciudadana",
        Word::OldId => "un número de carné de identidad",
        Word::Insurance => "un número de seguro",
        Word::TaxCode => "un código fiscal",
        Word::Passport => "un número de pasaporte",
        Word::Plate => "una matrícula",
        Word::PhoneNumber => "un número de teléfono",
        Word::EmailAddress => "una dirección de correo",
        Word::CardNumber => "un número de tarjeta bancaria",
        Word::SwitchedOff => {
            "Este chat está suspendido por ahora. Póngase en contacto con nosotros directamente."
        }
        Word::Elsewhere => "Seguir en otro dispositivo",
        Word::DoItHere => "Hacer este trámite aquí",
        Word::AddPapers => "Añadir documentos",
        Word::Helpful => "¿Le ha servido esta respuesta?",
        Word::Yes => "Sí",
        Word::No => "No",
        Word::WhyNot => "¿Qué ha fallado?",
        Word::IsWrong => "Es incorrecta",
        Word::IsUnclear => "No se entiende bien",
        Word::IsIncomplete => "Falta información",
        Word::IsOther => "Otro motivo",
        Word::OwnWords => "Con sus palabras (opcional)",
        Word::Skip => "Omitir",
        Word::Thanks => "Gracias por su opinión.",
        Word::EndChat => "Terminar la conversación",
        Word::HowWasIt => "¿Está satisfecho con esta conversación?",
        Word::Score1 => "Muy insatisfecho",
        Word::Score2 => "Insatisfecho",
        Word::Score3 => "Normal",
        Word::Score4 => "Satisfecho",
        Word::Score5 => "Muy satisfecho",
        Word::SendAndEnd => "Enviar y terminar",
        Word::EndOnly => "Terminar sin valorar",
        Word::Ended => "La conversación ha terminado y ya no está en este dispositivo.",
        Word::Locate => "Enviar mi ubicación",
        Word::Locating => "Buscando su ubicación…",
        Word::NotLocated => "No se ha encontrado su ubicación. Escriba la dirección.",
        Word::OrAddress => "O escriba una dirección",
        Word::MyLocation => "Mi ubicación: {}",
        Word::Attach => "Adjuntar un archivo",
        Word::Detach => "Quitar",
        Word::Uploading => "Subiendo…",
        Word::FileTooLarge => "El archivo es demasiado grande. El límite es {}.",
        Word::FileKind => "No se admite este tipo de archivo. Se admiten: {}.",
        Word::FilesFull => "En esta conversación no caben más archivos.",
        Word::FileLost => "No se ha podido enviar el archivo.",
        Word::Download => "Descargar",
        Word::File => "Archivo",
        Word::Read => "Visto",
        Word::AccountNumber => "un número de cuenta bancaria",
        Word::OneTimeCode => "un código de un solo uso o un PIN",
        Word::NeverAsked => {
            "Ninguna oficina pide un código así. Quien se lo pida es muy probablemente un estafador."
        }
        Word::EraseChat => "Borrar esta conversación",
        Word::ErasedChat => "Su conversación anterior se ha borrado. Esta es nueva.",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "Volver a la conversación",
        PageWord::ElsewhereHow => {
            "Enfoque esta imagen con la cámara del otro dispositivo o abra el enlace de abajo."
        }
        PageWord::ElsewhereType => "O vaya a {} y escriba el código:",
        PageWord::ElsewhereOnce => {
            "El código sirve una sola vez, durante 10 minutos. Quien lo tenga podrá leer esta conversación: no lo comparta."
        }
        PageWord::ContinueHere => "Seguir aquí",
        PageWord::Code => "Código",
        PageWord::CodeHint => "10 letras y cifras que aparecen en el otro dispositivo.",
        PageWord::CodeRefused => {
            "Este código no abre ninguna conversación. Cada código sirve una sola vez, durante 10 minutos. Pida uno nuevo en el otro dispositivo."
        }
        PageWord::Next => "Continuar",
        PageWord::Before => "Volver",
        PageWord::StepOf => "Paso {} de {}",
        PageWord::LeftFree => "opcional",
        PageWord::Day => "Día",
        PageWord::Month => "Mes",
        PageWord::Year => "Año",
        PageWord::Yes => "Sí",
        PageWord::No => "No",
        PageWord::Problem => "Hay algo que corregir",
        PageWord::WrongMark => "Hay un error",
        PageWord::Missing => "Responda a esta pregunta.",
        PageWord::TooShort => "Escriba al menos {} caracteres.",
        PageWord::TooLong => "Escriba como máximo {} caracteres.",
        PageWord::NoNumber => "Escriba un número entero, por ejemplo 12.",
        PageWord::TooLittle => "Este número debe ser {} o mayor.",
        PageWord::TooMuch => "Este número debe ser {} o menor.",
        PageWord::NoDate => "Esta fecha no existe. Indique el día, el mes y el año, por ejemplo 27 3 2024.",
        PageWord::InFuture => "Esta fecha aún no ha llegado. Compruébela.",
        PageWord::InPast => "Esta fecha ya ha pasado. Compruébela.",
        PageWord::NoPhone => "Esto no es un número de teléfono. Por ejemplo: 0912 345 678.",
        PageWord::NoNationalId => {
            "El número de identidad tiene 12 cifras, impresas en el documento. Compruébelo."
        }
        PageWord::YearAlone => "Si no se conocen el día y el mes, indique solo el año.",
        PageWord::MonthAlone => "Si no se conoce el día, indique el mes y el año.",
        PageWord::NoPartDate => "Esta fecha no existe. Compruébela.",
        PageWord::NoPassport => {
            "Un número de pasaporte tiene de 6 a 9 letras y cifras, por ejemplo C1234567."
        }
        PageWord::NoCitizenOrPassport => {
            "El número de identidad tiene 12 cifras; el de pasaporte, de 6 a 9 letras y cifras. Compruébelo."
        }
        PageWord::NoEmail => "Esto no es una dirección de correo. Por ejemplo: nombre@example.com.",
        PageWord::NotAgreed => "Marque esta casilla para continuar.",
        PageWord::Otherwise => "Escríbalo como se indica.",
        PageWord::Review => "Revise sus respuestas",
        PageWord::Change => "Cambiar",
        PageWord::LeftOut => "Sin respuesta",
        PageWord::HandIn => "Enviar la solicitud",
        PageWord::HandInNote => "Sus respuestas se envían a {}. Se guardan cifradas.",
        PageWord::KeptHere => "Sus respuestas se guardan aquí hasta que las envíe o las borre.",
        PageWord::DeleteForm => "Borrar este formulario",
        PageWord::Deleted => "El formulario se ha borrado",
        PageWord::Sent => "Solicitud enviada",
        PageWord::CaseNumber => "Número de solicitud",
        PageWord::Recipient => "Destinatario",
        PageWord::SentAt => "Fecha de envío",
        PageWord::Promised => "Fecha prevista del resultado",
        PageWord::ReceiptNote => {
            "Guarde el número de solicitud. Con él y las 4 últimas cifras del número indicado abajo podrá consultar la solicitud en cualquier momento."
        }
        PageWord::Print => "Imprimir el comprobante",
        PageWord::LookUp => "Consultar una solicitud",
        PageWord::LookUpGo => "Consultar",
        PageWord::Fact => "4 últimas cifras del teléfono o del número de identidad que indicó",
        PageWord::NotFound => {
            "Ninguna solicitud corresponde a este número y estas 4 cifras. Compruebe ambos datos."
        }
        PageWord::CaseState => "Estado",
        PageWord::Sending => "En camino a la oficina",
        PageWord::Received => "Recibida por la oficina",
        PageWord::NeedsPapers => "Se necesitan más documentos",
        PageWord::Done => "El resultado está listo",
        PageWord::Declined => "Denegada",
        PageWord::ChangedAt => "Última actualización",
        PageWord::AgencyNote => "Mensaje de la oficina",
        PageWord::WantedPapers => "Documentos que faltan",
        PageWord::WantedUntil => "Fecha límite",
        PageWord::AddedPapers => "Documentos enviados",
        PageWord::AddedAt => "Documentos añadidos",
        PageWord::SendPapers => "Enviar los documentos",
        PageWord::NotAskedFor => "El organismo no pide ahora documentos para esta solicitud.",
        PageWord::FileHint => "Se admiten archivos {}. Máximo {} por archivo.",
        PageWord::MostFiles => "Puede enviar hasta {} archivos.",
        PageWord::NoFile => "Elija un archivo.",
        PageWord::AddFile => "Subir y añadir otro",
        PageWord::SentFiles => "Archivos del organismo",
        PageWord::Appointment => "Cita",
        PageWord::MeetAt => "Lugar",
        PageWord::AddToCalendar => "Añadir al calendario",
        PageWord::TellHere => "Avisarme en este dispositivo cuando haya novedades",
        PageWord::WillTell => "Este dispositivo le avisará cuando haya novedades.",
        PageWord::Unsent => {
            "Todavía no se ha podido enviar: no hay conexión o el sistema está ocupado. Lo que ha rellenado sigue aquí, y la página lo enviará de nuevo por sí sola."
        }
        PageWord::SendNow => "Enviar ahora",
        PageWord::FilesAgain => "La página se ha vuelto a cargar: elija de nuevo sus archivos.",
        PageWord::TellNoMore => "No avisarme más en este dispositivo",
        PageWord::TellForbidden => {
            "El navegador bloquea las notificaciones de esta página. Para recibirlas, permítalas para esta página en los ajustes del navegador."
        }
        PageWord::News => "Hay novedades en su conversación.",
        PageWord::EraseWhat => "Se borra de inmediato, en este dispositivo y en el servidor:",
        PageWord::EraseMessages => "Mensajes de ambas partes: {}",
        PageWord::EraseFiles => "Archivos enviados: {}",
        PageWord::EraseRest => {
            "Valoraciones, formularios empezados, notas del personal y lo que este dispositivo ha guardado"
        }
        PageWord::EraseDevices => "Los avisos en sus dispositivos",
        PageWord::EraseForever => "No se puede deshacer.",
        PageWord::EraseCases => {
            "Las solicitudes ya enviadas siguen en la administración y se pueden consultar como antes:"
        }
        PageWord::EraseAgency => {
            "Lo que el sistema de la administración ya ha recibido lo conserva ella. Para que se borre allí, póngase en contacto con ella."
        }
        PageWord::EraseBackups => {
            "Las copias de seguridad del servidor se guardan como máximo {} días más y luego desaparecen."
        }
        PageWord::EraseBackupsSome => {
            "Las copias de seguridad del servidor se guardan algún tiempo; la administración puede decirle cuánto."
        }
        PageWord::ErasePerson => "La persona que le atiende verá que la conversación se ha borrado.",
        PageWord::EraseGo => "Borrar definitivamente",
        PageWord::CopyFirst => "Antes puede guardar una copia de todo lo que se conserva aquí.",
        PageWord::CopyRead => "Guardar una copia para leer",
        PageWord::CopyJson => "Guardar una copia para programas (JSON)",
        PageWord::Erased => "Borrada",
        PageWord::ErasedNow => "La conversación se ha borrado de este dispositivo y del servidor.",
        PageWord::ErasedNothing => "Aquí ya no se guarda nada suyo.",
        PageWord::NewChat => "Empezar una conversación nueva",
        PageWord::EraseWaits => {
            "Aún no se ha borrado: no hay conexión. Se volverá a intentar; deje abierta esta página."
        }
        PageWord::CopyTitle => "Copia de la conversación",
        PageWord::CopyRest => "Otros datos que se conservan aquí",
    }
}
