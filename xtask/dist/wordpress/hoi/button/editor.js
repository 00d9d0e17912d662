/* The block in the editor: two fields. What visitors see is drawn by includes/button.php. */
( function ( wp, words ) {
	const { createElement: make } = wp.element;
	const { TextControl } = wp.components;

	wp.blocks.registerBlockType( 'hoi/button', {
		title: words.title,
		edit( { attributes, setAttributes } ) {
			const field = ( name ) =>
				make( TextControl, {
					label: words[ name ],
					value: attributes[ name ],
					onChange: ( value ) => setAttributes( { [ name ]: value } ),
				} );
			return make( 'div', wp.blockEditor.useBlockProps(), field( 'ask' ), field( 'label' ) );
		},
		save: () => null,
	} );
} )( window.wp, window.hoiButtonWords );
