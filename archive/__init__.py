"""A searchable web archive of grassroots COVID-response reporting from Chinese local news."""
