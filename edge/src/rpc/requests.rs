//! The list of what an object can be asked.

/// Declares the enum of all requests to a class of objects, one variant for each request type. `Type -> Reply` makes a
/// [`ObjectCall`](super::transport::ObjectCall) of it; without a reply the answer is a stream, a file or a socket.
macro_rules! requests {
    ($(#[$doc:meta])* $name:ident: $($object:ident { $($(#[$attribute:meta])* $request:ident $(-> $reply:ty)?,)+ })+) => {
        $(#[$doc])*
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(
                $(#[$attribute])*
                #[doc = concat!("Carries [`", stringify!($request), "`].")]
                $request($request),
            )+)+
        }

        $($(
            impl From<$request> for $name {
                fn from(request: $request) -> $name {
                    $name::$request(request)
                }
            }

            impl $crate::rpc::transport::ObjectRequest for $request {
                type Object = $object;
            }

            $(impl $crate::rpc::transport::ObjectCall for $request {
                type Reply = $reply;
            })?
        )+)+
    };
}

pub(super) use requests;
