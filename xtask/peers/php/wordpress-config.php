<?php
// The settings of the lab's WordPress. Where it is says the web server's command; what stands here is as an installer leaves it.
$table_prefix = 'wp_';
define( 'DB_NAME', 'lab' );
define( 'DB_USER', '' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8' );
define( 'DB_DIR', __DIR__ . '/database' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $purpose ) {
	define( $purpose . '_KEY', "for trying only: $purpose" );
	define( $purpose . '_SALT', "for trying only, too: $purpose" );
}
define( 'WP_HOME', getenv( 'LAB_ORIGIN' ) );
define( 'WP_SITEURL', getenv( 'LAB_ORIGIN' ) );
// Nothing but this machine is asked for anything: no updates, no news.
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', __DIR__ . '/debug.log' );
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
