<?php
/**
 * Plugin Name: Hoi
 * Description: The chat of your office on the pages of this site.
 * Version: @VERSION@
 * Requires at least: 5.9
 * Requires PHP: 5.6
 * License: GPL-2.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain: hoi
 * Domain Path: /languages
 *
 * @package hoi
 */

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/settings.php';
require_once __DIR__ . '/includes/script.php';
require_once __DIR__ . '/includes/button.php';

/** Hooks everything in: what other plugins may want to unhook has a name. */
function hoi_add_hooks() {
	add_action( 'init', 'hoi_load_translations' );
	add_action( 'init', 'hoi_register_button' );
	add_action( 'wp_enqueue_scripts', 'hoi_enqueue_script_if_wanted' );
	add_filter( 'script_loader_tag', 'hoi_add_script_attributes', 10, 2 );
	if ( is_admin() ) {
		add_action( 'admin_menu', 'hoi_add_settings_page' );
		add_action( 'admin_init', 'hoi_register_settings' );
		add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), 'hoi_add_settings_link' );
	}
}

/** A plugin that does not come from wordpress.org has to say where its translations are. */
function hoi_load_translations() {
	load_plugin_textdomain( 'hoi', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
}

hoi_add_hooks();
