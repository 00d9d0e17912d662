<?php
/**
 * A button in a text that asks the chat a question: as a block, and as a shortcode. Authors may use both, though WordPress takes
 * scripts out of what they write.
 *
 * @package hoi
 */

defined( 'ABSPATH' ) || exit;

/** Makes the block and the shortcode known. */
function hoi_register_button() {
	add_shortcode( 'hoi', 'hoi_render_shortcode' );
	$folder = dirname( __DIR__ ) . '/button';
	register_block_type( $folder, array( 'render_callback' => 'hoi_render_block' ) );
	// The editor's script is not built, so it takes its few words from here.
	$words = array(
		'title' => __( 'Question for the chat', 'hoi' ),
		'ask'   => __( 'Question', 'hoi' ),
		'label' => __( 'Words on the button', 'hoi' ),
	);
	$handle = generate_block_asset_handle( 'hoi/button', 'editorScript' );
	wp_add_inline_script( $handle, 'window.hoiButtonWords = ' . wp_json_encode( $words ) . ';', 'before' );
}

/**
 * The block in a page.
 *
 * @param array $attributes `ask` and `label`.
 * @return string
 */
function hoi_render_block( $attributes ) {
	$ask = isset( $attributes['ask'] ) ? (string) $attributes['ask'] : '';
	$label = isset( $attributes['label'] ) ? (string) $attributes['label'] : '';
	return hoi_render_button( $ask, $label, get_block_wrapper_attributes( array( 'class' => 'wp-block-button' ) ) );
}

/**
 * The shortcode in a text: `[hoi ask="Opening hours"]When are you open?[/hoi]`.
 *
 * @param array|string $attributes `ask`.
 * @param string|null  $label      What stands between both ends.
 * @return string
 */
function hoi_render_shortcode( $attributes, $label = null ) {
	$attributes = shortcode_atts( array( 'ask' => '' ), $attributes, 'hoi' );
	return hoi_render_button( $attributes['ask'], wp_strip_all_tags( (string) $label ), 'class="wp-block-button"' );
}

/**
 * A button as the theme's buttons look, and the chat for it on this page.
 *
 * @param string $ask     The question; with none the chat is only opened.
 * @param string $label   Words on the button; with none it is the question.
 * @param string $wrapper Attributes around it, escaped.
 * @return string Nothing where it would have no words.
 */
function hoi_render_button( $ask, $label, $wrapper ) {
	$words = '' !== trim( $label ) ? $label : $ask;
	if ( '' === trim( $words ) ) {
		return '';
	}
	hoi_enqueue_script();
	return '<div ' . $wrapper . '><button type="button" class="wp-block-button__link wp-element-button" data-hoi-ask="'
		. esc_attr( $ask ) . '">' . esc_html( $words ) . '</button></div>';
}
