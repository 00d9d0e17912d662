<?php
/**
 * The tag: where it is, and what it says.
 *
 * @package hoi
 */

defined( 'ABSPATH' ) || exit;

/** Puts the tag into pages of the kind that was chosen. */
function hoi_enqueue_script_if_wanted() {
	$where = hoi_read_settings()['where'];
	$wanted = 'all' === $where
		|| ( 'front' === $where && is_front_page() )
		|| ( 'pages' === $where && ( is_page() || is_front_page() ) );
	/**
	 * Whether the page that is being shown has the chat.
	 *
	 * @param bool $wanted What the settings say.
	 */
	if ( apply_filters( 'hoi_is_wanted', $wanted ) ) {
		hoi_enqueue_script();
	}
}

/** Puts the tag into this page, once. Without an edge and a site there is nothing to load. */
function hoi_enqueue_script() {
	$settings = hoi_read_settings();
	if ( '' === $settings['edge'] || '' === $settings['site'] ) {
		return;
	}
	// Before 6.3 the last argument says only where the tag goes; an array there would count as "true".
	$arguments = is_wp_version_compatible( '6.3' ) ? array( 'in_footer' => true, 'strategy' => 'async' ) : true;
	$url = $settings['edge'] . '/s/' . rawurlencode( $settings['site'] ) . '/hoi.js';
	// No version: the edge says itself how long the script may be kept.
	wp_enqueue_script( 'hoi', $url, array(), null, $arguments );
}

/**
 * Adds to our tag what it has to say; WordPress has no way of its own to do so that is in all versions.
 *
 * @param string $tag    The tag, as WordPress writes it.
 * @param string $handle Whose it is.
 * @return string
 */
function hoi_add_script_attributes( $tag, $handle ) {
	if ( 'hoi' !== $handle ) {
		return $tag;
	}
	$attributes = array();
	$language = hoi_page_language();
	if ( '' !== $language ) {
		$attributes['data-lang'] = $language;
	}
	/**
	 * More settings for the chat on this page, such as `data-position`.
	 *
	 * @param string[] $attributes Values by the names of attributes.
	 */
	$attributes = (array) apply_filters( 'hoi_script_attributes', $attributes );
	// Versions before 6.3, and plugins that rewrite tags, leave it out.
	$written = preg_match( '/\sasync\b/', $tag ) ? '' : ' async';
	foreach ( $attributes as $name => $value ) {
		if ( preg_match( '/^data-[a-z-]+$/', $name ) ) {
			$written .= ' ' . $name . '="' . esc_attr( $value ) . '"';
		}
	}
	// What other plugins put before our script stays as it is.
	return preg_replace( '/<script(?=[^>]*\ssrc=)/', '<script' . $written, $tag, 1 );
}

/**
 * The page's language, if it is certain: WordPress says en_US until somebody has chosen one, and a language that is given here binds
 * the chat.
 *
 * @return string As in HTML, or nothing.
 */
function hoi_page_language() {
	return 'en_US' === determine_locale() ? '' : get_bloginfo( 'language' );
}
