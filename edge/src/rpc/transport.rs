//! How a request comes to a Durable Object, and its answer back.
//!
//! A request is a value, named by its type and never by a path: [`requests!`](super::requests) lists for each object
//! what it can be asked and what comes back, so that the compiler holds the asking and the answering side together.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use worker::{Env, Error, Headers, Method, Request, RequestInit, Response, Result, js_sys::Uint8Array};

/// Carries a request whose body is a file, or whose answer is a socket: JSON in base64, as header values hold no UTF-8.
pub const REQUEST_HEADER: &str = "x-hoi-request";
/// Fills the place of an address: objects look at a request's value alone.
const ADDRESS: &str = "https://object/";

/// A class of Durable Objects.
pub trait ObjectClass {
    /// Name of its binding.
    const BINDING: &'static str;
    /// Tells one object of the class from the others.
    type Key: ?Sized;
    /// All that it can be asked.
    type Request: Serialize + DeserializeOwned;

    /// Name of the object with this key, unique in its class.
    fn object_name(key: &Self::Key) -> String;
}

/// A request that one class of objects takes. What comes back is a stream, a file or a socket, unless it is a [`ObjectCall`].
pub trait ObjectRequest: Into<<Self::Object as ObjectClass>::Request> {
    /// Which class.
    type Object: ObjectClass;

    /// Sends it to the object with this key; gives the answer as it comes.
    ///
    /// # Errors
    /// If the object can't be reached or fails.
    async fn send(self, env: &Env, key: &KeyOf<Self>) -> Result<Response> {
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_body(Some(to_json(self, key)?.into()));
        fetch_object::<Self::Object>(env, key, &init).await
    }

    /// Sends it with `bytes` beside it.
    ///
    /// # Errors
    /// As [`ObjectRequest::send`].
    async fn send_bytes(self, env: &Env, key: &KeyOf<Self>, bytes: &[u8]) -> Result<Response> {
        let headers = Headers::new();
        headers.set(REQUEST_HEADER, &self.header_value(key)?)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers).with_body(Some(Uint8Array::from(bytes).into()));
        fetch_object::<Self::Object>(env, key, &init).await
    }

    /// Opens a WebSocket with it; the answer is that of the handshake.
    ///
    /// # Errors
    /// As [`ObjectRequest::send`].
    async fn open_socket(self, env: &Env, key: &KeyOf<Self>) -> Result<Response> {
        let headers = Headers::new();
        headers.set("upgrade", "websocket")?;
        headers.set(REQUEST_HEADER, &self.header_value(key)?)?;
        let mut init = RequestInit::new();
        init.with_headers(headers);
        fetch_object::<Self::Object>(env, key, &init).await
    }

    /// Value of [`REQUEST_HEADER`] for it.
    ///
    /// # Errors
    /// If it can't be written as JSON.
    fn header_value(self, key: &KeyOf<Self>) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(to_json(self, key)?))
    }
}

/// A request that is answered with a value.
pub trait ObjectCall: ObjectRequest {
    /// The value's type.
    type Reply: Serialize + DeserializeOwned;

    /// Calls the object with this key; gives its reply.
    ///
    /// # Errors
    /// If the object can't be reached or fails.
    async fn call(self, env: &Env, key: &KeyOf<Self>) -> Result<Self::Reply> {
        read_reply::<Self>(self.send(env, key).await?).await
    }

    /// Calls it with `bytes` beside the request.
    ///
    /// # Errors
    /// As [`ObjectCall::call`].
    async fn call_with_bytes(self, env: &Env, key: &KeyOf<Self>, bytes: &[u8]) -> Result<Self::Reply> {
        read_reply::<Self>(self.send_bytes(env, key, bytes).await?).await
    }

    /// The object's answer.
    ///
    /// # Errors
    /// If the reply can't be written as JSON.
    fn write_reply(reply: &Self::Reply) -> Result<Response> {
        Response::from_json(reply)
    }
}

/// Key of the object that a request is for.
pub type KeyOf<R> = <<R as ObjectRequest>::Object as ObjectClass>::Key;

/// A request on its way, with the name of the object that it is for: an object is not told its own name otherwise.
#[derive(Serialize, Deserialize)]
pub struct Envelope<R> {
    /// The object's name.
    pub name: String,
    /// What it is asked.
    pub request: R,
}

/// Reads, in the object, what it is asked. Bytes that came beside it are still in the body.
///
/// # Errors
/// If it is no request of this class, as from another version of the edge.
pub async fn receive_request<O: ObjectClass>(request: &mut Request) -> Result<Envelope<O::Request>> {
    let json = match request.headers().get(REQUEST_HEADER)? {
        Some(value) => {
            let bytes = URL_SAFE_NO_PAD.decode(value).map_err(|error| Error::RustError(error.to_string()))?;
            String::from_utf8(bytes).map_err(|error| Error::RustError(error.to_string()))?
        }
        None => request.text().await?,
    };
    // Text, as everything that is kept: a reader of bytes would be compiled for every type a second time.
    Ok(serde_json::from_str(&json)?)
}

fn to_json<R: ObjectRequest>(request: R, key: &KeyOf<R>) -> Result<String> {
    let name = <R::Object as ObjectClass>::object_name(key);
    Ok(serde_json::to_string(&Envelope { name, request: request.into() })?)
}

async fn fetch_object<O: ObjectClass>(env: &Env, key: &O::Key, init: &RequestInit) -> Result<Response> {
    let object = env.durable_object(O::BINDING)?.get_by_name(&O::object_name(key))?;
    object.fetch_with_request(Request::new_with_init(ADDRESS, init)?).await
}

async fn read_reply<C: ObjectCall>(mut answer: Response) -> Result<C::Reply> {
    match answer.status_code() {
        200 => Ok(serde_json::from_str(&answer.text().await?)?),
        status => Err(Error::RustError(format!("the object {} answers {status}", C::Object::BINDING))),
    }
}
