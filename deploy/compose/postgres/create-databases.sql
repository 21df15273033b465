-- The evidence has the database `gameday`, which the image makes; the shop has one of its own.
CREATE DATABASE shop;
