<?php
/**
 * What the editor's script needs.
 *
 * @package hoi
 */

return array(
	'dependencies' => array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element' ),
	'version'      => '@VERSION@',
);
