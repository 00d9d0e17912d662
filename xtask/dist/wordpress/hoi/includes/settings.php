<?php
/**
 * What an administrator sets, and the page for it.
 *
 * @package hoi
 */

defined( 'ABSPATH' ) || exit;

/**
 * The settings, each with a value.
 *
 * @return string[] `edge`: address without a path; `site`: its name there; `where`: on which pages.
 */
function hoi_read_settings() {
	$settings = get_option( 'hoi_settings', array() );
	$defaults = array( 'edge' => '', 'site' => '', 'where' => 'all' );
	return array_merge( $defaults, is_array( $settings ) ? $settings : array() );
}

/** Has WordPress keep the settings, and check what is posted for them. */
function hoi_register_settings() {
	register_setting( 'hoi', 'hoi_settings', array( 'type' => 'array', 'sanitize_callback' => 'hoi_clean_settings' ) );
}

/**
 * Takes of what was posted only what can be right; what can't be right leaves the old value and is told.
 *
 * @param mixed $posted What was posted.
 * @return string[]
 */
function hoi_clean_settings( $posted ) {
	$settings = hoi_read_settings();
	if ( ! is_array( $posted ) ) {
		return $settings;
	}
	$text = array();
	foreach ( array( 'edge', 'site', 'where' ) as $name ) {
		$text[ $name ] = isset( $posted[ $name ] ) && is_string( $posted[ $name ] ) ? trim( $posted[ $name ] ) : '';
	}
	$edge = hoi_clean_edge( $text['edge'] );
	if ( null === $edge ) {
		$message = __( 'The address of the edge begins with https:// and a host name.', 'hoi' );
		add_settings_error( 'hoi_settings', 'hoi_edge', $message );
	} else {
		$settings['edge'] = $edge;
	}
	if ( preg_match( '/^[a-z0-9-]{0,64}$/', $text['site'] ) ) {
		$settings['site'] = $text['site'];
	} else {
		$message = __( 'The site’s name has small letters, digits and hyphens.', 'hoi' );
		add_settings_error( 'hoi_settings', 'hoi_site', $message );
	}
	if ( array_key_exists( $text['where'], hoi_list_places() ) ) {
		$settings['where'] = $text['where'];
	}
	return $settings;
}

/**
 * The origin in an address. Without encryption only on the same machine, for trying.
 *
 * @param string $address What was typed: an address with or without a path, or nothing.
 * @return string|null Nothing stays nothing; null: it is no address of an edge.
 */
function hoi_clean_edge( $address ) {
	if ( '' === $address ) {
		return '';
	}
	$parts = wp_parse_url( esc_url_raw( $address, array( 'https', 'http' ) ) );
	if ( ! $parts || empty( $parts['host'] ) || empty( $parts['scheme'] ) || isset( $parts['user'] ) ) {
		return null;
	}
	if ( ! preg_match( '/^[a-z0-9.-]+$/i', $parts['host'] ) ) {
		return null;
	}
	$is_local = in_array( $parts['host'], array( 'localhost', '127.0.0.1' ), true );
	if ( 'https' !== $parts['scheme'] && ! $is_local ) {
		return null;
	}
	$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
	return $parts['scheme'] . '://' . strtolower( $parts['host'] ) . $port;
}

/**
 * On which pages the chat may be.
 *
 * @return string[] Words for each.
 */
function hoi_list_places() {
	return array(
		'all'    => __( 'On all pages', 'hoi' ),
		'pages'  => __( 'On pages, not with posts', 'hoi' ),
		'front'  => __( 'On the front page only', 'hoi' ),
		'button' => __( 'Only where a page has the button', 'hoi' ),
	);
}

/** Adds the page to the menu, for whoever may change settings. */
function hoi_add_settings_page() {
	add_options_page( 'Hoi', 'Hoi', 'manage_options', 'hoi', 'hoi_show_settings_page' );
}

/**
 * The way from the list of plugins to the settings.
 *
 * @param string[] $links The links that are there.
 * @return string[]
 */
function hoi_add_settings_link( $links ) {
	$url = admin_url( 'options-general.php?page=hoi' );
	array_unshift( $links, '<a href="' . esc_url( $url ) . '">' . esc_html__( 'Settings', 'hoi' ) . '</a>' );
	return $links;
}

/** Shows the page. `settings_fields` writes the nonce, and options.php checks it and the capability. */
function hoi_show_settings_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings = hoi_read_settings();
	?>
	<div class="wrap">
		<h1>Hoi</h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'hoi' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="hoi-edge"><?php esc_html_e( 'Address of the edge', 'hoi' ); ?></label></th>
					<td>
						<input class="regular-text code" type="url" id="hoi-edge" name="hoi_settings[edge]" placeholder="https://hoi.example" value="<?php echo esc_attr( $settings['edge'] ); ?>">
					</td>
				</tr>
				<tr>
					<th scope="row"><label for="hoi-site"><?php esc_html_e( 'Name of the site', 'hoi' ); ?></label></th>
					<td>
						<input class="regular-text code" type="text" id="hoi-site" name="hoi_settings[site]" pattern="[a-z0-9\-]*" placeholder="my-office" aria-describedby="hoi-site-help" value="<?php echo esc_attr( $settings['site'] ); ?>">
						<p class="description" id="hoi-site-help"><?php esc_html_e( 'Both stand in the tag that you were given: https://hoi.example/s/my-office/hoi.js', 'hoi' ); ?></p>
					</td>
				</tr>
				<tr>
					<th scope="row"><?php esc_html_e( 'Where the chat is', 'hoi' ); ?></th>
					<td><fieldset>
						<legend class="screen-reader-text"><?php esc_html_e( 'Where the chat is', 'hoi' ); ?></legend>
						<?php foreach ( hoi_list_places() as $place => $words ) : ?>
							<label><input type="radio" name="hoi_settings[where]" value="<?php echo esc_attr( $place ); ?>" <?php checked( $settings['where'], $place ); ?>> <?php echo esc_html( $words ); ?></label><br>
						<?php endforeach; ?>
					</fieldset></td>
				</tr>
			</table>
			<p>
				<?php
				/* translators: %s: a shortcode */
				printf( esc_html__( 'A button that asks a question: the block “Question for the chat”, or %s in a text.', 'hoi' ), '<code>[hoi ask="…"]…[/hoi]</code>' );
				?>
			</p>
			<?php if ( '' !== $settings['edge'] ) : ?>
				<p><a href="<?php echo esc_url( $settings['edge'] . '/check' ); ?>"><?php esc_html_e( 'Does the chat not appear? This page says why.', 'hoi' ); ?></a></p>
			<?php endif; ?>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}
