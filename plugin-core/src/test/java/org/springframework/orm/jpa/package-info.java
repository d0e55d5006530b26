/** What stands in for Spring's own. */
@NullMarked
package org.springframework.orm.jpa;

import org.jspecify.annotations.NullMarked;
