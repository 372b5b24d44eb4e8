drop table product_documents, collection_publications, collection_products, collections, product_publications, publications,
    product_variants, product_media, product_option_values, product_options, products;
