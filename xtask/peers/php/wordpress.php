<?php
// What an administrator does in the lab's WordPress, by name: php wordpress.php FOLDER ACT [VALUE…]. Prints what came of it.
list( , $folder, $act ) = $argv;
$values = array_slice( $argv, 3 );
$_SERVER += array( 'HTTP_HOST' => parse_url( getenv( 'LAB_ORIGIN' ), PHP_URL_HOST ), 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET' );
if ( 'install' === $act ) {
	define( 'WP_INSTALLING', true );
}
require $folder . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

/** Everything in the log that a plugin or our snippet may be to blame for. */
function lab_read_complaints( $folder ) {
	$log = is_file( "$folder/debug.log" ) ? file( "$folder/debug.log" ) : array();
	return implode( '', preg_grep( '~plugins/hoi/|mu-plugins/|\bhoi_~', $log ) );
}

/** Posts with `$text` as somebody with the role `$role`, whose markup WordPress filters as it does in the editor. */
function lab_publish_post( $role, $title, $text ) {
	$user = get_user_by( 'login', $role );
	$id = $user ? $user->ID : wp_insert_user( array( 'user_login' => $role, 'user_pass' => 'lab', 'role' => $role ) );
	wp_set_current_user( $id );
	kses_init();
	return wp_insert_post( wp_slash( array( 'post_title' => $title, 'post_content' => $text, 'post_status' => 'publish' ) ), true );
}

switch ( $act ) {
	case 'install':
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		wp_install( 'Phường Hoa Mai', 'admin', 'admin@example.gov', true, '', 'lab', 'vi' );
		update_option( 'WPLANG', 'vi' );
		lab_publish_post( 'editor', 'Khai sinh', '<p>Thủ tục khai sinh.</p>' );
		echo 'WordPress ', $GLOBALS['wp_version'], ', PHP ', PHP_VERSION;
		break;
	case 'activate':
		$wrong = activate_plugin( 'hoi/hoi.php' );
		echo is_wp_error( $wrong ) ? $wrong->get_error_message() : 'active';
		break;
	case 'theme':
		switch_theme( $values[0] );
		$is_block_theme = function_exists( 'wp_is_block_theme' ) && wp_is_block_theme();
		echo wp_get_theme()->get_stylesheet(), $is_block_theme ? ', a block theme' : ', a classic theme';
		break;
	case 'language':
		update_option( 'WPLANG', $values[0] );
		break;
	case 'settings':
		echo wp_json_encode( get_option( 'hoi_settings' ) );
		break;
	case 'post':
		$post = lab_publish_post( $values[0], $values[1], $values[2] );
		echo is_wp_error( $post ) ? $post->get_error_message() : wp_json_encode( array( 'id' => $post, 'text' => get_post( $post )->post_content ) );
		break;
	case 'uninstall':
		deactivate_plugins( 'hoi/hoi.php' );
		uninstall_plugin( 'hoi/hoi.php' );
		echo wp_json_encode( $GLOBALS['wpdb']->get_col( "SELECT option_name FROM {$GLOBALS['wpdb']->options} WHERE option_name LIKE '%hoi%'" ) );
		break;
	case 'complaints':
		echo lab_read_complaints( $folder );
		break;
}
