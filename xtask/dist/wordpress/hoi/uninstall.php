<?php
/**
 * Takes everything away that the plugin has kept: its settings, in every site of a network.
 *
 * @package hoi
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	$hoi_sites = get_sites( array( 'fields' => 'ids', 'number' => 0 ) );
	foreach ( $hoi_sites as $hoi_site ) {
		switch_to_blog( $hoi_site );
		delete_option( 'hoi_settings' );
		restore_current_blog();
	}
} else {
	delete_option( 'hoi_settings' );
}
